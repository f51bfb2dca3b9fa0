package threadbook.lab.thread;

import java.util.concurrent.Callable;

/// Carries a checked exception out of a body that was run for a caller; the cause is what was
/// thrown.
///
/// Unchecked exceptions and errors are not wrapped: they arrive as they were thrown.
public final class BodyFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private BodyFailedException(Exception thrown) {
        super(thrown.toString(), thrown);
    }

    /// {@return the value of the call, whose checked exceptions become unchecked}
    ///
    /// @throws BodyFailedException       if the call throws a checked exception
    /// @throws WaitInterruptedException  if the call throws [InterruptedException]; the flag is
    ///                                   set again
    public static <T> T unchecked(Callable<T> call) {
        try {
            return call.call();
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("a wait");
        } catch (RuntimeException thrown) {
            throw thrown;
        } catch (Exception checked) {
            throw new BodyFailedException(checked);
        }
    }

    /// Runs the body, whose checked exceptions become unchecked as in [#unchecked(Callable)].
    public static void unchecked(Body body) {
        var unused = unchecked(() -> {
            body.run();
            return true;
        });
    }

    /// {@return the throwable, wrapped if it is checked}
    static Throwable wrapIfChecked(Throwable thrown) {
        return thrown instanceof Exception checked && !(thrown instanceof RuntimeException)
                ? new BodyFailedException(checked)
                : thrown;
    }
}
