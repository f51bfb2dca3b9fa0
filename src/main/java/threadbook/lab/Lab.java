package threadbook.lab;

/// The static names that a cell sees: `import static threadbook.lab.Lab.*`.
public final class Lab {
    private Lab() {}

    /// {@return the id of this process in the operating system}
    public static long pid() {
        return ProcessHandle.current().pid();
    }
}
