package threadbook.kernel.protocol;

/// A message is not what the protocol says; the text names the field, what was expected and what
/// was found.
public final class MalformedMessageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public MalformedMessageException(String message) {
        super(message);
    }
}
