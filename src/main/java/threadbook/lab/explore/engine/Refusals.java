package threadbook.lab.explore.engine;

import org.jspecify.annotations.Nullable;

/// Why a program cannot be explored: the first thing that was found, which ends every thread and the search.
final class Refusals {
    private @Nullable RuntimeException first; // of the current schedule

    /// Begins another schedule.
    void begin() {
        first = null;
    }

    /// {@return what to throw}
    RuntimeException add(String found, String advice) {
        return add("Not modelled: " + found + ".\n" + advice);
    }

    /// {@return what to throw}
    RuntimeException add(String message) {
        if (first == null) {
            first = new NotModelledException(message);
        }
        return first;
    }

    /// {@return whether this is what was thrown because the program cannot be explored}
    boolean has(Throwable thrown) {
        return thrown == first;
    }

    void throwIfAny() {
        if (first != null) {
            throw first;
        }
    }
}
