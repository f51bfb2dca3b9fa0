package threadbook.lab.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.Result;

/// A program of a few threads whose interleavings are to be explored.
///
/// Nothing runs before [#outcome]'s result is looked at. Immutable; each method returns another one.
///
/// ```java
/// explore(() -> x = 2).thread("T1", () -> x = x + 1).thread("T2", () -> x = x * 2).outcome(() -> x)
/// ```
public final class Exploration {
    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final int MOST_THREADS = 16;

    /// What is explored, and how long.
    ///
    /// @param names   of the threads, as many as bodies
    /// @param budget  how long a search may take
    record Setting(Body setup, List<String> names, List<Body> bodies, Duration budget) {
        Setting {
            names = List.copyOf(names);
            bodies = List.copyOf(bodies);
        }
    }

    private final Setting setting;

    private Exploration(Setting setting) {
        this.setting = setting;
    }

    /// {@return an exploration without threads}
    ///
    /// @param setup  runs before every schedule: makes the program begin in the same way each time
    public static Exploration of(Body setup) {
        References.require("the set-up", setup);
        return new Exploration(new Setting(setup, List.of(), List.of(), BUDGET));
    }

    /// {@return this with one more thread}
    ///
    /// @param name  different from those of the others
    /// @throws IllegalArgumentException  if another thread has that name, or there are 16 already
    public Exploration thread(String name, Body body) {
        if (setting.names.contains(name)) {
            throw new IllegalArgumentException(
                    "Two threads are called \"%s\"; give each a name of its own.".formatted(name));
        }
        if (setting.names.size() == MOST_THREADS) {
            throw new IllegalArgumentException(
                    "A program can have at most %d threads: with more, nobody sees all interleavings."
                            .formatted(MOST_THREADS));
        }
        References.require(name, body);
        var names = new ArrayList<>(setting.names);
        var bodies = new ArrayList<>(setting.bodies);
        names.add(name);
        bodies.add(body);
        return new Exploration(new Setting(setting.setup, names, bodies, setting.budget));
    }

    /// {@return this with one more thread}, called T1, T2 and so on
    public Exploration thread(Body body) {
        return thread("T" + (setting.names.size() + 1), body);
    }

    /// {@return this with another limit of time}
    ///
    /// @param millis  milliseconds that one search may take, at least 1; 5000 if nothing is said
    public Exploration budget(long millis) {
        if (millis < 1) {
            throw new IllegalArgumentException("budget needs at least 1 ms, found %d".formatted(millis));
        }
        return new Exploration(new Setting(setting.setup, setting.names, setting.bodies, Duration.ofMillis(millis)));
    }

    /// {@return what can come out}, explored when somebody first looks
    ///
    /// @param reading  read after all threads have ended
    /// @throws IllegalStateException  if there is no thread
    public Outcomes outcome(Result<?> reading) {
        return outcomes(reading);
    }

    /// {@return what can come out}, as the other `outcome` does; `stress` runs such a program without copies
    ///
    /// @param reading  read after all threads have ended
    /// @throws IllegalStateException  if there is no thread
    public Outcomes outcome(Callable<?> reading) {
        return outcomes(reading);
    }

    private Outcomes outcomes(Callable<?> reading) {
        if (setting.names.isEmpty()) {
            throw new IllegalStateException(
                    "There is nothing to explore: add threads with thread(\"T1\", () -> …) before outcome(…).");
        }
        return new Outcomes(setting, reading);
    }
}
