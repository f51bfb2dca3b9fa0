package threadbook.lab.measure;

import java.util.OptionalDouble;

/// Who used the cores while something ran; every number is an average number of cores or threads.
///
/// @param own      cores that this process used, at least 0
/// @param others   cores that other programs used, at least 0
/// @param waiting  threads of this process that were ready to run but had no core, at least 0;
///                 empty where that is not known
/// @param pressure share of the time in which some thread of some program waited for a core, 0 to
///                 1; empty where the system does not count it
record Usage(double own, double others, OptionalDouble waiting, OptionalDouble pressure) {

    /// {@return who waited, as well as it is known}: threads of this process, else the pressure,
    /// else 0
    double waited() {
        return waiting.orElse(pressure.orElse(0));
    }
}
