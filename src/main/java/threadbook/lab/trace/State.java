package threadbook.lab.trace;

/// What a thread does at one moment, with its letter and its colour.
///
/// The colours are those of Okabe and Ito, or shades of them: they can be told apart without seeing red or
/// green. In grey their lightness goes in steps (only L and R are close); and each has its letter.
public enum State {
    /// On a core, as far as anybody can tell.
    RUNNING('R', "#009e73", "running"),
    /// On a core and holding the global lock.
    HOLDING('G', "#00432f", "holding the global lock"),
    /// Waits for a lock or a monitor that another thread holds.
    LOCKED('L', "#d55e00", "blocked on a lock"),
    /// Waits for a permit, a condition, a result, or the end of another thread.
    WAITING('W', "#e69f00", "waiting"),
    /// Waits for a file, the network or another process.
    IO('I', "#0072b2", "in input or output"),
    /// Lets time pass.
    SLEEPING('S', "#e0e3e5", "sleeping"),
    /// Could run, but every core it may use is taken.
    QUEUED('Q', "#dca3c4", "waiting for a core");

    private final char letter;
    private final String color;
    private final String words;

    State(char letter, String color, String words) {
        this.letter = letter;
        this.color = color;
        this.words = words;
    }

    /// {@return the letter that stands for it in charts and text}
    public char letter() {
        return letter;
    }

    /// {@return its colour, as `#rrggbb`}
    String color() {
        return color;
    }

    /// {@return whether white letters can be read on its colour}
    boolean isDark() {
        return switch (this) {
            case HOLDING, LOCKED, IO -> true;
            case RUNNING, WAITING, SLEEPING, QUEUED -> false;
        };
    }

    /// {@return whether the thread could go on if nobody was in its way}
    boolean isHeldUp() {
        return switch (this) {
            case LOCKED, WAITING, QUEUED -> true;
            case RUNNING, HOLDING, IO, SLEEPING -> false;
        };
    }

    /// {@return whether it has something to do: not held up by a lock, a permit or another thread}
    boolean isAtWork() {
        return switch (this) {
            case LOCKED, WAITING -> false;
            case RUNNING, HOLDING, IO, SLEEPING, QUEUED -> true;
        };
    }

    /// As in "waiting for a core".
    @Override
    public String toString() {
        return words;
    }
}
