package threadbook.kernel.thread;

import org.jspecify.annotations.Nullable;

/// Tells which run of a cell brought a class. Any thread may ask, often: it must be quick.
///
/// @param <C>  what identifies one run of a cell
public interface CellClasses<C> {

    /// {@return the run that brought the class; null for a class of no cell}
    @Nullable
    C owner(Class<?> type);

    /// {@return the run that brought the class of this name; null for a class of no cell}
    ///
    /// For the stacks of other threads, which the JDK gives as names only.
    @Nullable
    C owner(String className);
}
