package threadbook.lab.explore.engine;

import java.util.List;
import java.util.concurrent.Callable;
import threadbook.lab.thread.Body;

/// What is explored.
///
/// @param setup    runs before every schedule
/// @param names    of the threads, as many as bodies
/// @param bodies   what the threads do
/// @param outcome  reads what came out, after all threads have ended
/// @param loader   finds the classes of the code
public record Program(
        Body setup, List<String> names, List<? extends Body> bodies, Callable<?> outcome, ClassLoader loader) {
    public Program {
        names = List.copyOf(names);
        bodies = List.copyOf(bodies);
    }
}
