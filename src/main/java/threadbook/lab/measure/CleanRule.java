package threadbook.lab.measure;

/// Which runs may count: those in which every worker really had the core that it asked for.
///
/// A run in which another program held a core half of the time measures that program. The rule is
/// by what is known:
///
/// - the waits of the workers: for a core they waited at most 3 % of the time;
/// - only the pressure on the whole machine: it was at most 3 %, or the process had 97 % of the
///   cores that it asked for (the pressure is also that of programs that waited for us);
/// - neither (macOS, Windows): the other programs left free as many cores as there are workers,
///   but for 3 % of a core each.
///
/// More workers than cores wait for one another; it is enough that the process had 95 % of all
/// cores.
///
/// @param cores  cores that this JVM may use, at least 1
record CleanRule(int cores) {

    private static final double WAIT = 0.03;
    private static final double OBTAINED = 0.95;

    /// {@return whether a run with that many workers may count}
    boolean clean(int workers, Usage usage) {
        if (workers > cores && usage.own() >= OBTAINED * cores) {
            return true;
        }
        if (usage.waiting().isPresent()) {
            return usage.waiting().getAsDouble() <= WAIT * workers;
        }
        int asked = Math.min(workers, cores);
        if (usage.pressure().isPresent()) {
            return usage.pressure().getAsDouble() <= WAIT || usage.own() >= (1 - WAIT) * asked;
        }
        return usage.others() <= cores - asked + WAIT * asked;
    }
}
