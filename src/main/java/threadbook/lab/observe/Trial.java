package threadbook.lab.observe;

import java.util.List;
import java.util.concurrent.Callable;
import threadbook.lab.thread.Body;

/// A program of several threads that can be run again and again.
///
/// @param setup    runs before each run, on one of the threads
/// @param names    of the threads, as many as bodies
/// @param bodies   what the threads do, at the same time; at least one
/// @param outcome  reads what came out, after all have ended
public record Trial(Body setup, List<String> names, List<Body> bodies, Callable<?> outcome) {
    public Trial {
        names = List.copyOf(names);
        bodies = List.copyOf(bodies);
    }
}
