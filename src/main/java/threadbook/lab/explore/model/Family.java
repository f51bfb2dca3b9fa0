package threadbook.lab.explore.model;

import org.jspecify.annotations.Nullable;

/// What the calls of some classes do while a program is explored.
@FunctionalInterface
interface Family {

    /// {@return what the call returns}
    ///
    /// @throws Throwable  what the call throws
    @Nullable
    Object call(Call call) throws Throwable;
}
