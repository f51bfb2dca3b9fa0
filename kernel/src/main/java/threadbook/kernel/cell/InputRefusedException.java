package threadbook.kernel.cell;

/// User code asked for input, but the request that runs it was sent with `allow_stdin` false.
public final class InputRefusedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public InputRefusedException() {
        super("""
                This cell asked for input, but whoever runs it allows no questions (allow_stdin is false).
                Run it in JupyterLab, or give the value in the code.\
                """);
    }
}
