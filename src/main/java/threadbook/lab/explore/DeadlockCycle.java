package threadbook.lab.explore;

import java.util.Map;

/// A deadlock: who waits for what, and who holds it.
///
/// @param replay  the schedule that leads to it
public record DeadlockCycle(Replay replay) {

    /// {@return the ring of those who wait for each other}, as in "A -> b -> B -> a -> A"; without a ring,
    /// who waits for what, as in "A -> latch"
    public String waitsFor() {
        return graph().text();
    }

    private WaitForGraph graph() {
        return new WaitForGraph(replay.waits());
    }

    /// {@return the ring as a picture and in words, and the steps that lead to it}
    public Map<String, String> mimeBundle() {
        return Page.bundle(
                Page.box(
                        Page.line("bad", "Deadlock: " + waitsFor()),
                        graph().picture(),
                        graph().said(),
                        ReplayView.table(replay),
                        Page.script("replay.js")),
                toString());
    }

    /// {@return the ring in words, and the steps that lead to it}
    @Override
    public String toString() {
        return "Deadlock: " + waitsFor() + "\n" + graph().remark() + ReplayText.of(replay);
    }
}
