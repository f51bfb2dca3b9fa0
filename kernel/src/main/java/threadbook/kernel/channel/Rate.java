package threadbook.kernel.channel;

/// How much of what the kernel publishes gets past whoever stands between it and the page.
///
/// @param bytes     of text a second, positive; infinite where nothing limits them
/// @param messages  a second, positive; infinite where nothing limits them
public record Rate(double bytes, double messages) {
    /// For clients that talk to the kernel's own sockets.
    public static final Rate UNLIMITED = new Rate(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /// A Jupyter server that nobody has configured: the defaults of `iopub_data_rate_limit` and
    /// `iopub_msg_rate_limit`.
    public static final Rate STOCK_SERVER = new Rate(1_000_000, 1_000);

    public Rate {
        if (!(bytes > 0) || !(messages > 0)) {
            throw new IllegalArgumentException(
                    "expected positive rates, found %s bytes and %s messages a second".formatted(bytes, messages));
        }
    }

    boolean unlimited() {
        return Double.isInfinite(bytes) && Double.isInfinite(messages);
    }
}
