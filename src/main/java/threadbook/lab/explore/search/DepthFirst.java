package threadbook.lab.explore.search;

import java.util.ArrayList;
import java.util.List;
import threadbook.lab.explore.engine.Choices;
import threadbook.lab.explore.engine.Chooser;
import threadbook.lab.explore.engine.Execution;

/// Every schedule once, the first choice first; on demand only those with few preemptions.
///
/// Use: run a schedule with it, then [#next], until that says no.
public final class DepthFirst implements Chooser {
    private record Branching(int[] allowed) {}

    private final int bound;
    private final List<Branching> path = new ArrayList<>();
    private int[] taken = new int[64]; // index into the allowed choices, by depth
    private int depth;
    private int preemptions; // of the running schedule

    /// @param bound  how many preemptions a schedule may have
    public DepthFirst(int bound) {
        this.bound = bound;
    }

    /// {@return a search without a bound}
    public static DepthFirst ofAll() {
        return new DepthFirst(Integer.MAX_VALUE);
    }

    @Override
    public int choose(int at, Choices choices, Execution execution) {
        if (at == 0) {
            preemptions = 0;
        }
        if (at == path.size()) {
            path.add(new Branching(allowed(choices)));
            if (at == taken.length) {
                taken = java.util.Arrays.copyOf(taken, at * 2);
            }
            taken[at] = 0;
        }
        depth = at + 1;
        int choice = path.get(at).allowed[taken[at]];
        if (choices.preempts(choice)) {
            preemptions++;
        }
        return choice;
    }

    private int[] allowed(Choices choices) {
        int[] all = new int[choices.count()];
        int count = 0;
        for (int choice = 0; choice < all.length; choice++) {
            if (preemptions < bound || !choices.preempts(choice)) {
                all[count++] = choice;
            }
        }
        return java.util.Arrays.copyOf(all, count);
    }

    /// Prepares the next schedule.
    ///
    /// @return whether there is one
    public boolean next() {
        while (path.size() > depth) {
            path.removeLast();
        }
        while (!path.isEmpty() && taken[path.size() - 1] + 1 == path.getLast().allowed.length) {
            path.removeLast();
        }
        if (path.isEmpty()) {
            return false;
        }
        taken[path.size() - 1]++;
        return true;
    }

    /// {@return how many steps of the next schedule are decided}; the last of them is new
    int decided() {
        return path.size();
    }
}
