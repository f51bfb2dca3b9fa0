package threadbook.lab.explore.search;

import threadbook.lab.explore.engine.Choices;
import threadbook.lab.explore.engine.Chooser;
import threadbook.lab.explore.engine.Execution;

/// A fair schedule: the threads take turns of a few steps each. Shows two that step back for each other for ever,
/// which an exhaustive search comes to last.
final class Turnwise implements Chooser {
    private final int turn;
    private int last; // thread
    private int left; // steps of its turn

    /// @param turn  steps, at least 1
    Turnwise(int turn) {
        this.turn = turn;
    }

    @Override
    public int choose(int at, Choices choices, Execution execution) {
        if (at == 0) {
            last = -1;
            left = 0;
        }
        int next = left > 0 ? of(choices, last) : -1;
        if (next < 0) {
            next = after(choices, last);
            last = choices.thread(next);
            left = turn;
        }
        left--;
        return next;
    }

    private static int of(Choices choices, int thread) {
        for (int choice = 0; choice < choices.count(); choice++) {
            if (choices.thread(choice) == thread) {
                return choice;
            }
        }
        return -1;
    }

    /// {@return a choice of the thread that comes next}, after the last one the first
    private static int after(Choices choices, int thread) {
        int next = -1;
        int first = 0;
        for (int choice = 0; choice < choices.count(); choice++) {
            int one = choices.thread(choice);
            if (one > thread && (next < 0 || one < choices.thread(next))) {
                next = choice;
            }
            if (one < choices.thread(first)) {
                first = choice;
            }
        }
        return next < 0 ? first : next;
    }
}
