package threadbook.lab.process.travel;

import java.io.NotSerializableException;
import threadbook.runtime.Explained;

/// A value cannot be written down for another process.
public final class CannotTravelException extends RuntimeException implements Explained {
    private static final long serialVersionUID = 1;

    private CannotTravelException(String message, Throwable cause) {
        super(message, cause);
    }

    /// @param what    whose value it is, as in `The variable pool`
    /// @param value   what could not be written
    /// @param reason  a [NotSerializableException] names the class of the part that refused
    static CannotTravelException of(String what, Object value, Exception reason) {
        String part = reason instanceof NotSerializableException && reason.getMessage() != null
                ? reason.getMessage()
                : reason.toString();
        String whole = value.getClass().getName();
        boolean lambda = part.contains("$$Lambda");
        String holds = lambda
                ? "a lambda of a plain Java interface"
                : whole.equals(part) ? "a " + part : "a %s with a %s in it".formatted(whole, part);
        String advice = lambda
                ? "Declare a method instead and call that, or give the lambda a type such as Body."
                : "Threads, pools, open files and connections live in one process: make them inside the process's body.";
        return new CannotTravelException(
                "%s cannot travel to another process: it holds %s.%n%s".formatted(what, holds, advice), reason);
    }
}
