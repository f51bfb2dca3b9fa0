package threadbook.kernel.session;

import java.util.List;

/// What JShell is given before the first cell of a notebook.
final class Prelude {
    /// The packages that a plain program uses, and the library. Not `import module java.base`, which a cell
    /// may of course write: javac would take in the fifty packages of that module for every snippet, which
    /// nearly doubles the time of a small cell.
    static final List<String> IMPORTS = List.of(
            "import java.io.*;",
            "import java.lang.invoke.*;",
            "import java.math.*;",
            "import java.net.*;",
            "import java.nio.charset.*;",
            "import java.nio.file.*;",
            "import java.text.*;",
            "import java.time.*;",
            "import java.util.*;",
            "import java.util.concurrent.*;",
            "import java.util.concurrent.atomic.*;",
            "import java.util.concurrent.locks.*;",
            "import java.util.function.*;",
            "import java.util.prefs.Preferences;",
            "import java.util.regex.*;",
            "import java.util.stream.*;",
            "import static threadbook.lab.Lab.*;",
            "import tech.tablesaw.api.Table;");

    /// Of each kind of snippet one, compiled and forgotten: the first cell need not wait for javac to warm up.
    static final List<String> REHEARSAL = List.of(
            "int warm = 1;",
            "1 + 1",
            "Runnable warm = () -> IO.println(1); warm.run();",
            "int warm() { return 1; } warm()");

    private Prelude() {}
}
