package threadbook.kernel.channel;

/// A channel cannot be opened.
public final class ChannelException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    ChannelException(String message, Throwable cause) {
        super(message, cause);
    }
}
