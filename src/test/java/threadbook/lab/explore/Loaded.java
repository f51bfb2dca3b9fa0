package threadbook.lab.explore;

/// The programs of a test, woven.
final class Loaded {
    private Loaded() {}

    /// {@return what a static method of a class of programs returns}
    static Outcomes outcomes(Class<?> programs, String name) {
        try {
            return (Outcomes) new ExploredLoader(programs.getName())
                    .loadClass(programs.getName())
                    .getDeclaredMethod(name)
                    .invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}
