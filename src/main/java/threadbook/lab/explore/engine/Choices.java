package threadbook.lab.explore.engine;

/// Which threads could do their next step, and in how many ways.
///
/// One object is used again for every step of a schedule.
public final class Choices {
    private int[] threads = new int[8];
    private int[] branches = new int[8];
    private int count;
    private int last = -1;
    private boolean lastEnabled;

    void begin(int lastThread) {
        count = 0;
        last = lastThread;
        lastEnabled = false;
    }

    void add(int thread, int ways) {
        for (int branch = 0; branch < ways; branch++) {
            if (count == threads.length) {
                threads = java.util.Arrays.copyOf(threads, count * 2);
                branches = java.util.Arrays.copyOf(branches, count * 2);
            }
            threads[count] = thread;
            branches[count] = branch;
            count++;
        }
        lastEnabled |= thread == last;
    }

    /// {@return how many choices there are}
    public int count() {
        return count;
    }

    /// {@return the id of the thread of a choice}
    public int thread(int choice) {
        return threads[choice];
    }

    /// {@return which way its operation goes}
    public int branch(int choice) {
        return branches[choice];
    }

    /// {@return whether a choice takes the turn from a thread that could go on}
    public boolean preempts(int choice) {
        return lastEnabled && threads[choice] != last;
    }
}
