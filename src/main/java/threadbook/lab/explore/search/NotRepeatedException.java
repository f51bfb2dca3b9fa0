package threadbook.lab.explore.search;

/// The program did something else than before, although it was given the same schedule.
public final class NotRepeatedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotRepeatedException(String found) {
        super("""
                The program does not repeat itself: %s.
                It may use random numbers, the clock or identity hash codes. Leave them out, or set them in the set-up.""".formatted(found));
    }
}
