package threadbook.lab.measure;

import java.util.Optional;

/// Sees who uses the cores of this machine.
interface CoreWitness {

    /// {@return a watch that begins now}
    ///
    /// Watches may nest; the waits of threads that end are then known to the inner one.
    Watch begin();

    /// {@return cores of the machine that [Usage#others] is counted over, at least 1}
    int cores();

    /// Something that is being watched.
    @FunctionalInterface
    interface Watch {

        /// {@return who used the cores from the beginning until now}
        Usage end();
    }

    /// {@return the best witness that this system offers}
    static CoreWitness ofThisSystem() {
        Optional<CoreWitness> linux = LinuxWitness.ifSupported();
        return linux.orElseGet(PortableWitness::new);
    }
}
