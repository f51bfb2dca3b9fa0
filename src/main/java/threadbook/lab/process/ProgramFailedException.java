package threadbook.lab.process;

import java.util.List;
import threadbook.runtime.Explained;

/// A program that was expected to end with exit code 0 ended otherwise.
public final class ProgramFailedException extends RuntimeException implements Explained {
    private static final long serialVersionUID = 1;
    private static final int LINES = 5;

    ProgramFailedException(Ran ran) {
        super("Expected exit code 0; found %s%s".formatted(ran.summary(), lastLines(ran.err())));
    }

    private static String lastLines(String err) {
        List<String> lines = err.lines().toList();
        return lines.isEmpty()
                ? ""
                : "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
