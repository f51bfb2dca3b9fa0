package threadbook.kernel.display;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.ErrorReport;
import threadbook.runtime.Explained;

/// Turns an exception of a cell into readable text: what happened, where in the user's code, and why.
///
/// Frames of the JDK, of libraries and of the kernel are left out; only where none is the user's are the
/// first few shown as they are. Causes and suppressed exceptions follow, each once. An
/// exception that is [Explained] is its message and nothing else.
///
/// Runs the user's code (`getMessage()` and others) on the calling thread. Whatever that throws becomes
/// a part of the text, so that a misbehaving exception is still an error.
public final class ErrorRenderer {
    /// In exceptions; a chain longer than this says nothing more.
    private static final int CHAIN_LIMIT = 20;

    /// In characters.
    private static final int MESSAGE_LIMIT = 10_000;

    private final UnaryOperator<StackTraceElement> placed;

    /// @param placed  the frame as it is to be shown, given one of a stack trace
    public ErrorRenderer(UnaryOperator<StackTraceElement> placed) {
        this.placed = placed;
    }

    /// {@return the error, named by the exception's own class}
    public ErrorReport render(Throwable exception) {
        String name = name(exception);
        String message = message(exception);
        var lines = new ArrayList<String>();
        if (exception instanceof Explained) {
            lines.add(Style.ERROR.on(message.isEmpty() ? name : message));
        } else {
            Set<Throwable> shown = Collections.newSetFromMap(new IdentityHashMap<>());
            add(exception, "", "", List.of(), shown, lines);
            if (lines.stream().noneMatch(line -> line.startsWith("  at "))) {
                lines.addAll(1, Frames.foreign(ask(exception::getStackTrace, null)));
            }
        }
        return new ErrorReport(name, message, lines);
    }

    private void add(
            Throwable exception,
            String indent,
            String role,
            List<String> outerFrames,
            Set<Throwable> shown,
            List<String> lines) {
        if (!shown.add(exception)) {
            lines.add(indent + role + name(exception) + " (shown above)");
            return;
        }
        if (shown.size() > CHAIN_LIMIT) {
            lines.add(indent + role + "… and more");
            return;
        }
        Throwable cause = ask(exception::getCause, null);
        String message = ownMessage(exception, cause);
        lines.add(indent
                + role
                + Style.ERROR.on(name(exception))
                + (message.isEmpty() ? "" : ": " + message.replace("\n", "\n" + indent)));
        List<String> frames = Frames.of(ask(exception::getStackTrace, null), placed);
        frames.subList(0, frames.size() - common(frames, outerFrames)).forEach(frame -> lines.add(indent + frame));
        for (Throwable suppressed : exception.getSuppressed()) {
            add(suppressed, indent + "  ", "Suppressed: ", frames, shown, lines);
        }
        if (cause != null) {
            add(cause, indent, "Caused by: ", frames, shown, lines);
        }
    }

    /// How many of the last frames are also the last ones of the exception around it. The innermost
    /// frame of the user stays, because that is where it happened.
    private static int common(List<String> frames, List<String> outer) {
        int count = 0;
        while (count < frames.size() - 1
                && count < outer.size()
                && frames.get(frames.size() - 1 - count).equals(outer.get(outer.size() - 1 - count))) {
            count++;
        }
        return count;
    }

    private static String name(Throwable exception) {
        return NotebookNames.tidy(exception.getClass().getName());
    }

    private static String message(Throwable exception) {
        String message;
        try {
            message = exception.getLocalizedMessage();
        } catch (Throwable failure) { // The user's method: it may throw anything, and the error must still be told.
            return "(its getMessage() threw " + name(failure) + ")";
        }
        if (message == null) {
            return "";
        }
        String text = message.length() > MESSAGE_LIMIT ? message.substring(0, MESSAGE_LIMIT) + "… (cut)" : message;
        return NotebookNames.tidy(exception instanceof ClassCastException ? withoutLoaders(text) : text);
    }

    /// The message, unless it only repeats the cause, as that of a `CompletionException` does.
    private static String ownMessage(Throwable exception, @Nullable Throwable cause) {
        String message = message(exception);
        boolean repeated =
                cause != null && (message.equals(name(cause) + ": " + message(cause)) || message.equals(name(cause)));
        return repeated ? "" : message;
    }

    /// Leaves out ` (A and B are in unnamed module of loader …)`: true, and no help.
    private static String withoutLoaders(String message) {
        int loaders = message.indexOf(" (");
        return loaders > 0 && message.contains(" module ") ? message.substring(0, loaders) : message;
    }

    private static <T> @Nullable T ask(Supplier<? extends @Nullable T> question, @Nullable T otherwise) {
        try {
            return question.get();
        } catch (Throwable _) { // The user's method: without its answer the rest of the error is told.
            return otherwise;
        }
    }
}
