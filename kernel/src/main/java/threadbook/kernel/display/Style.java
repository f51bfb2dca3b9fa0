package threadbook.kernel.display;

/// The few colours of error texts, as ANSI escape sequences, which every front end knows.
enum Style {
    /// What went wrong.
    ERROR("1;31"),
    /// The place in the code.
    MARK("31"),
    /// What only the experienced will read.
    ASIDE("2");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /// {@return the text in this colour}
    String on(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
