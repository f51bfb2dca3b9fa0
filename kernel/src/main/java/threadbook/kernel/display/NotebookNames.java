package threadbook.kernel.display;

import java.util.regex.Pattern;

/// The names of a cell's classes as the user wrote them.
///
/// JShell puts each class of a cell into a wrapper: `Node` is `REPL.$JShell$22$Node` for the JVM, and so
/// in `toString()`, in messages and in stack traces.
public final class NotebookNames {
    private static final String MARK = "$JShell$";
    private static final String WRAPPER = "(?:REPL[./])?\\$JShell\\$\\d+[A-Z]*";

    /// A wrapper, what joins it to the name inside it, and the number that javac gives local classes.
    private static final Pattern AROUND = Pattern.compile(WRAPPER + "[.$](?=[\\w$])(?:\\d+(?=\\p{L}))?");

    private static final Pattern ALONE = Pattern.compile(WRAPPER);

    private NotebookNames() {}

    /// {@return the text with every wrapper left out}; fast where there is none
    public static String tidy(String text) {
        if (!text.contains(MARK)) {
            return text;
        }
        return ALONE.matcher(AROUND.matcher(text).replaceAll("")).replaceAll("the notebook");
    }

    /// {@return a class's name without its wrapper, empty for the wrapper itself}
    static String ofClass(String name) {
        return ALONE.matcher(name).matches() ? "" : tidy(name);
    }
}
