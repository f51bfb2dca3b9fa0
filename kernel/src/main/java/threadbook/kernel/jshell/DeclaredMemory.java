package threadbook.kernel.jshell;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/// The fallback by JShell's public functions: what was declared since is dropped.
///
/// Not exact: a name that the cell had declared anew is gone instead of being what it was.
record DeclaredMemory(JShell shell) implements Memory {

    @Override
    public String described() {
        return "dropping what was declared (not exact; final variables can be assigned)";
    }

    /// Not done: a variable whose `volatile` alone was changed stays what it was.
    @Override
    public void forgetBytes(String className) {}

    /// Not done: assignments to `final` variables are not rejected.
    @Override
    public void seal(String className, String variable) {}

    @Override
    public Snapshot snapshot() {
        Set<Snippet> before = shell.snippets().collect(Collectors.toSet());
        return new Snapshot() {
            @Override
            public void restore() {
                shell.snippets()
                        .filter(snippet -> !before.contains(snippet))
                        .filter(snippet -> shell.status(snippet).isActive())
                        .toList()
                        .forEach(shell::drop);
            }

            @Override
            public void restoreAfterRun(Map<String, byte[]> loaded) {
                restore();
            }
        };
    }
}
