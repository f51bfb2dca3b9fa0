package threadbook.lab.explore.engine;

/// What a thread does.
@FunctionalInterface
public interface Code {
    void run() throws Throwable;
}
