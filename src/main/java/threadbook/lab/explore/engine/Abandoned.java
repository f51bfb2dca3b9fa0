package threadbook.lab.explore.engine;

/// Thrown in threads of the program whose schedule is over: it unwinds them.
final class Abandoned extends Error {
    private static final long serialVersionUID = 1;

    Abandoned() {
        super("this schedule is over", null, false, false);
    }
}
