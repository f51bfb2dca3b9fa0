package threadbook.lab.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import threadbook.lab.process.child.ChildMain;

/// How a JVM for lambdas is started: the same JDK and class path as this one's, the full compiler, a small collector.
///
/// The system property `threadbook.children` may name an AOT cache that was made for exactly this command line; where
/// there is none, or the JVM cannot use it, the start takes longer. The environment variable
/// `THREADBOOK_CHILD_OPTIONS` adds options, separated by spaces.
final class JvmCommand {
    private static final String CACHE = "threadbook.children";
    private static final String MORE = "THREADBOOK_CHILD_OPTIONS";

    /// As the kernel's, where they make a difference to how fast code runs; warnings go where they are read.
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:LoopMaxUnroll=16",
            "-XX:+DisplayVMOutputToStderr",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-preview",
            "-ea");

    /// Standard output becomes standard error, and what it was becomes descriptor 3: so nothing that the JVM or native
    /// code writes gets between the answers. The shell replaces itself.
    private static final List<String> SHELL = List.of("/bin/sh", "-c", "exec \"$@\" 3>&1 1>&2", "sh");

    private static final String ANSWERS = "/dev/fd/3";

    private JvmCommand() {}

    /// {@return the command}, whose standard output are the answers
    static List<String> words() {
        var words = new ArrayList<String>(SHELL);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(OPTIONS);
        String more = System.getenv(MORE);
        if (more != null && !more.isBlank()) {
            words.addAll(List.of(more.strip().split("\\s+")));
        } else {
            String cache = System.getProperty(CACHE, "");
            if (!cache.isEmpty() && Files.isReadable(Path.of(cache))) {
                words.add("-XX:AOTCache=" + cache);
                words.add("-D%s=%s".formatted(CACHE, cache)); // for processes that the process starts
            }
        }
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildMain.class.getName(), ANSWERS));
        return words;
    }
}
