package threadbook.lab.process.channel;

/// A channel cannot be used: the other end is gone, or the system refused.
public final class ChannelBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChannelBrokenException(String message, Throwable cause) {
        super(message, cause);
    }

    ChannelBrokenException(String message) {
        super(message);
    }
}
