package threadbook.lab.watch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import threadbook.lab.explore.LockOrder;
import threadbook.lab.explore.Page;
import threadbook.lab.explore.WaitForGraph;

/// What was seen of a program that ran on real threads: its deadlock, or that there was none in time.
///
/// That there was none proves nothing: `explore` looks at every order.
///
/// ```java
/// watch(500, () -> parallel(() -> ra(), () -> rb())).waitsFor()
/// ```
///
/// @param ending     how it ended
/// @param graph      who waits for whom; empty unless threads wait for ever
/// @param lockOrder  in which order locks were taken in the last run; shows itself
/// @param runs       how many runs began, at least 1
/// @param time       how long it ran
/// @param left       names of threads that could not be ended
public record Caught(
        Ending ending, WaitForGraph graph, LockOrder lockOrder, int runs, Duration time, List<String> left) {
    public Caught {
        left = List.copyOf(left);
    }

    /// How a watched program ended.
    public enum Ending {
        /// Threads wait for each other in a ring: none of them can ever go on.
        DEADLOCK,
        /// When the time was over, all its threads waited, for no limited time and not in a ring.
        STUCK,
        /// When the time was over, it was still at work.
        RUNNING,
        /// All its threads came to their end.
        ENDED
    }

    /// {@return whether threads waited for each other in a ring}
    public boolean deadlocked() {
        return ending == Ending.DEADLOCK;
    }

    /// {@return the ring of those who wait for each other}, as in "A -> b -> B -> a -> A"; without a ring,
    /// who waits for what, as in "A -> latch"; if nobody waits for ever, "no deadlock"
    public String waitsFor() {
        return switch (ending) {
            case DEADLOCK, STUCK -> graph.text();
            case RUNNING, ENDED -> "no deadlock";
        };
    }

    /// {@return the ring as a picture, which shows itself}; in words alone if nobody waits for ever
    public Picture chart() {
        return new Picture(drawn() ? graph.picture() : Page.line(look(), said()), said() + " " + details());
    }

    private boolean drawn() {
        return switch (ending) {
            case DEADLOCK, STUCK -> true;
            case RUNNING, ENDED -> false;
        };
    }

    private String look() {
        return drawn() ? "bad" : "open";
    }

    private String said() {
        String when = "after %d ms%s".formatted(time.toMillis(), runs > 1 ? ", in run " + runs : "");
        return switch (ending) {
            case DEADLOCK -> "Deadlock, caught %s: %s".formatted(when, graph.text());
            case STUCK ->
                "Stuck: %s all threads wait, and nobody is left to wake them: %s".formatted(when, graph.text());
            case RUNNING -> "No deadlock in %d ms; then it was still running and was ended.".formatted(time.toMillis());
            case ENDED ->
                "No deadlock this time: %s ended in %d ms."
                        .formatted(runs == 1 ? "the program" : "all " + runs + " runs", time.toMillis());
        };
    }

    private String details() {
        return switch (ending) {
            case DEADLOCK, STUCK ->
                String.join(
                                "; ",
                                graph.waits().stream().map(wait -> wait.text()).toList()) + ".";
            case RUNNING, ENDED ->
                "That is no proof: explore(…) looks at every order, lockOrder() at that of the locks.";
        };
    }

    private String leftBehind() {
        if (left.isEmpty()) {
            return drawn() ? "The threads were ended; what they held is free." : "";
        }
        return """
                Left behind: %s. Java cannot end a thread that waits to enter a monitor (synchronized), nor one that \
                no interrupt reaches; one that waits for a ReentrantLock it can.""".formatted(String.join(", ", left));
    }

    /// {@return the ring as a picture and in words}
    public Map<String, String> mimeBundle() {
        return Page.bundle(
                Page.box(
                        Page.line(look(), said()),
                        drawn() ? graph.picture() + graph.said() : Page.remark(details()),
                        leftBehind().isEmpty() ? "" : Page.remark(leftBehind())),
                toString());
    }

    /// {@return what was seen in words}
    @Override
    public String toString() {
        return (said() + "\n" + details() + "\n" + leftBehind()).strip();
    }

    /// A picture that shows itself.
    ///
    /// @param html  with its alternative text
    /// @param text  what it shows, in words
    public record Picture(String html, String text) {
        /// {@return the picture, and what it shows in words}
        public Map<String, String> mimeBundle() {
            return Page.bundle(Page.box(html), text);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
