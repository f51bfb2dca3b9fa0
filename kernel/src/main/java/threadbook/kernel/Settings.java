package threadbook.kernel;

import java.io.PrintStream;
import java.util.Map;
import threadbook.kernel.channel.Rate;

/// What the environment says about the output of cells.
///
/// @param iopub        `THREADBOOK_IOPUB_RATE`: what gets through in a second, as `BYTES`,
///                     `BYTES,MESSAGES` or `unlimited`; unset, what a stock Jupyter server lets through
/// @param outputLimit  `THREADBOOK_OUTPUT_LIMIT`: how many bytes a cell may show, or `unlimited`
record Settings(Rate iopub, long outputLimit) {
    /// What a page in a browser still shows within seconds.
    static final long OUTPUT_LIMIT = 30_000_000;

    private static final String UNLIMITED = "unlimited";

    /// @param log  told of values that cannot be read; the kernel then does as if they were not set
    static Settings of(Map<String, String> environment, PrintStream log) {
        return new Settings(
                read(environment, "THREADBOOK_IOPUB_RATE", Rate.STOCK_SERVER, Settings::rate, log),
                read(environment, "THREADBOOK_OUTPUT_LIMIT", OUTPUT_LIMIT, Settings::limit, log));
    }

    private static Rate rate(String text) {
        if (text.equals(UNLIMITED)) {
            return Rate.UNLIMITED;
        }
        String[] parts = text.split(",", 2);
        double messages = parts.length == 2 ? Double.parseDouble(parts[1]) : Rate.STOCK_SERVER.messages();
        return new Rate(Double.parseDouble(parts[0]), messages);
    }

    private static long limit(String text) {
        long bytes = text.equals(UNLIMITED) ? Long.MAX_VALUE : Long.parseLong(text);
        if (bytes < 0) {
            throw new IllegalArgumentException("expected no negative limit");
        }
        return bytes;
    }

    private static <T> T read(
            Map<String, String> environment, String name, T otherwise, Reading<T> reading, PrintStream log) {
        String text = environment.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return reading.read(text);
        } catch (IllegalArgumentException e) {
            log.println("threadbook: expected a number or %s in %s, found \"%s\" (%s). Taken as not set."
                    .formatted(UNLIMITED, name, text, e.getMessage()));
            return otherwise;
        }
    }

    private interface Reading<T> {
        T read(String text);
    }
}
