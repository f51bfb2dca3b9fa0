package threadbook.kernel.jshell;

import java.util.Map;

/// What a JShell knows of its snippets, so that it can be put back. Used on the thread `jshell` alone.
sealed interface Memory permits ReflectedMemory, DeclaredMemory {

    /// {@return the state of this moment}
    Snapshot snapshot();

    /// Makes JShell believe that a class has other bytes than it has, so that it asks for a redefinition when
    /// its snippet is declared again with the same code.
    void forgetBytes(String className);

    /// Makes a variable final for what is compiled from now on: javac then rejects assignments to it.
    ///
    /// @param className  the class that JShell wraps around it
    void seal(String className, String variable);

    /// {@return how it is done, in words}
    String described();

    /// One state of a JShell; may be put back more than once, but not after an older one.
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
