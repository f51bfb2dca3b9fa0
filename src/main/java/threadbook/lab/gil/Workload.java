package threadbook.lab.gil;

import java.util.Arrays;
import java.util.List;

/// What the model and the real CPython both do.
///
/// @param name     as it is asked for and shown
/// @param workers  numbers of workers, the first is 1; empty where something else than a speedup is measured
/// @param split    whether all workers together do what one does alone; else each does all of it
record Workload(String name, List<Integer> workers, boolean split) {
    static final String PING = "ping";
    static final String GATHER = "gather";

    static final List<Workload> ALL = List.of(
            new Workload("countdown", List.of(1, 2, 4), true),
            new Workload("primes", List.of(1, 2, 4), false),
            new Workload("processes", List.of(1, 2), true),
            new Workload("sleep", List.of(1, 2, 4, 8), true),
            new Workload("sha256 large", List.of(1, 2, 4), true),
            new Workload("sha256 small", List.of(1, 2, 4), true),
            new Workload("pbkdf2", List.of(1, 2, 4), true),
            new Workload(PING, List.of(), true),
            new Workload(GATHER, List.of(), true));

    Workload {
        workers = List.copyOf(workers);
    }

    /// {@return the workloads of these names; all for none}
    static List<Workload> named(String... names) {
        if (names.length == 0) {
            return ALL;
        }
        return Arrays.stream(names).map(Workload::named).toList();
    }

    private static Workload named(String name) {
        return ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no workload \"%s\".%nThere is: %s."
                        .formatted(
                                name,
                                String.join(
                                        ", ", ALL.stream().map(Workload::name).toList()))));
    }
}
