package threadbook.lab.explore.engine;

/// The program's set-up, or the reading of its outcome, has thrown; the cause is what it threw.
public final class SetupFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SetupFailedException(String what, Exception thrown) {
        super("%s threw %s".formatted(what, thrown), thrown);
    }
}
