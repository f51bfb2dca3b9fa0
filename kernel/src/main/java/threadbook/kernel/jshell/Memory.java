package threadbook.kernel.jshell;

import java.util.Map;

/// What a JShell knows of its snippets, so that it can be put back. Used on the thread `jshell` alone.
sealed interface Memory permits ReflectedMemory, DeclaredMemory {

    /// {@return the state of this moment}
    Snapshot snapshot();

    /// {@return how it is done, in words}
    String described();

    /// One state of a JShell; may be put back once, before any older one.
    interface Snapshot {

        /// Puts it back where nothing compiled since has been loaded.
        void restore();

        /// Puts it back where code has run since: no class name is used twice, and JShell learns which
        /// bytes the machine really has.
        ///
        /// @param loaded  every class of a cell that has been defined, with the bytes that javac made
        void restoreAfterRun(Map<String, byte[]> loaded);
    }
}
