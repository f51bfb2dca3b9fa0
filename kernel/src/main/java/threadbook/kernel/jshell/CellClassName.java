package threadbook.kernel.jshell;

/// The names of the classes that JShell makes: `REPL.$JShell$7` wraps a snippet, `REPL.$JShell$7$P` is a
/// class that was declared there.
public final class CellClassName {
    private static final String PACKAGE = "REPL.$JShell$";

    private CellClassName() {}

    /// {@return whether a class may be a cell's}
    public static boolean is(String className) {
        return className.startsWith(PACKAGE);
    }

    /// {@return the wrapper that a class of a cell is or is nested in}
    public static String outermost(String className) {
        int nested = className.indexOf('$', PACKAGE.length());
        return nested < 0 ? className : className.substring(0, nested);
    }
}
