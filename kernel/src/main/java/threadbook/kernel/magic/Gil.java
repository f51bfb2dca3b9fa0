package threadbook.kernel.magic;

import java.time.Duration;
import java.util.Optional;
import threadbook.kernel.cell.CellOutput;

/// `%%gil`: the cell runs under a global lock, as in CPython. `%%gil 50` says the switch interval in milliseconds.
final class Gil implements Magic {
    private static final double CPYTHON = 5;
    private static final double LONGEST = 60_000;

    @Override
    public String name() {
        return "%gil";
    }

    @Override
    public String purpose() {
        return "runs the cell under a global lock: %%gil, or %%gil 50 for a switch interval of 50 ms";
    }

    @Override
    public Optional<String> refusal(MagicLine line) {
        if (line.number() != 1) {
            return Optional.of("%%%%gil concerns the whole cell and stands in its first line, found in line %s."
                    .formatted(line.number()));
        }
        return millis(line.arguments()) > 0
                ? Optional.empty()
                : Optional.of(
                        ("Expected a switch interval in milliseconds, more than 0 and at most %.0f, as in %%%%gil 50, "
                                        + "found \"%s\". %%%%gil alone means %.0f, as in CPython.")
                                .formatted(LONGEST, line.arguments(), CPYTHON));
    }

    @Override
    public void run(String arguments, CellOutput output) {
        // The session asks for the interval when the cell is compiled.
    }

    /// @param arguments  that are not refused
    static Duration interval(String arguments) {
        return Duration.ofNanos(Math.max(1, Math.round(millis(arguments) * 1e6)));
    }

    /// {@return the milliseconds, 0 where the text says none}
    private static double millis(String text) {
        if (text.isEmpty()) {
            return CPYTHON;
        }
        if (!text.matches("\\d{1,5}(\\.\\d{1,6})?|\\.\\d{1,6}")) {
            return 0;
        }
        double millis = Double.parseDouble(text);
        return millis <= LONGEST ? millis : 0;
    }
}
