package threadbook.lab.explore.engine;

import org.jspecify.annotations.Nullable;

/// Code that is one step as a whole.
@FunctionalInterface
public interface Whole<T extends @Nullable Object> {
    T run() throws Throwable;
}
