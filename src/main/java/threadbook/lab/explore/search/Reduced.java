package threadbook.lab.explore.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Choices;
import threadbook.lab.explore.engine.Chooser;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Operation;
import threadbook.lab.explore.engine.ProgramThread;
import threadbook.lab.explore.engine.Schedule;
import threadbook.lab.explore.engine.Step;

/// At least one schedule of each kind that can be told apart: orders of steps that touch nothing in common
/// are not tried twice.
///
/// Dynamic partial-order reduction with source sets (Abdulla, Aronis, Jonsson, Sagonas: Optimal Dynamic Partial
/// Order Reduction, POPL 2014) and sleep sets (Godefroid 1996). Which thread is to be tried before a step matters:
/// the older algorithm tries that of the other step (Flanagan, Godefroid, POPL 2005), and loses schedules where
/// this one is asleep. Not to be mixed with a bound on preemptions, which is unsound (Coons, Musuvathi, McKinley,
/// OOPSLA 2013).
///
/// Use: run a schedule with it, then [#next] with that schedule, until it says no.
public final class Reduced implements Chooser {

    /// What could be done before a step, and what of it has been tried.
    private static final class Node {
        long enabled; // bits of thread ids
        final int[] ways; // by thread id
        final int[] @Nullable [] prints; // by thread id: what the pending operation touches
        final boolean[] open; // by thread id: whether it may touch more
        long backtrack; // to be tried here
        long done; // tried here in every way
        long sleep; // tried elsewhere
        int thread;
        int branch;

        Node(int ids) {
            ways = new int[ids];
            prints = new int[ids][];
            open = new boolean[ids];
        }
    }

    private final List<Node> path = new ArrayList<>();
    private int prefix; // how many steps of the next schedule are fixed

    @Override
    public int choose(int at, Choices choices, Execution execution) {
        if (at >= prefix) {
            while (path.size() > at) {
                path.removeLast();
            }
            Node node = node(at, choices, execution);
            path.add(node);
            long awake = node.enabled & ~node.sleep;
            if (awake == 0) {
                path.removeLast();
                return CUT;
            }
            node.thread = preferred(choices, awake);
            node.backtrack = 1L << node.thread;
        }
        return find(choices, path.get(at));
    }

    private static int preferred(Choices choices, long awake) {
        int first = Long.numberOfTrailingZeros(awake);
        for (int choice = 0; choice < choices.count(); choice++) {
            int thread = choices.thread(choice);
            if ((awake >> thread & 1) != 0 && !choices.preempts(choice)) {
                return thread;
            }
        }
        return first;
    }

    private static int find(Choices choices, Node node) {
        for (int choice = 0; choice < choices.count(); choice++) {
            if (choices.thread(choice) == node.thread && choices.branch(choice) == node.branch) {
                return choice;
            }
        }
        throw new NotRepeatedException("thread %d could do its step before and cannot now".formatted(node.thread));
    }

    private Node node(int at, Choices choices, Execution execution) {
        int ids = 1;
        for (ProgramThread thread : execution.threads()) {
            ids = Math.max(ids, thread.id() + 1);
        }
        Node node = new Node(ids);
        for (ProgramThread thread : execution.threads()) {
            Operation pending = thread.pending();
            if (pending != null) {
                node.prints[thread.id()] = withEnd(pending, thread);
                node.open[thread.id()] = pending.open();
            }
        }
        for (int choice = 0; choice < choices.count(); choice++) {
            node.enabled |= 1L << choices.thread(choice);
            node.ways[choices.thread(choice)]++;
        }
        if (at > 0) {
            Node above = path.get(at - 1);
            int[] done = execution.lastStep().footprint();
            for (int thread = 0; thread < above.prints.length; thread++) {
                boolean asleep = ((above.sleep | above.done) >> thread & 1) != 0 && thread != above.thread;
                int[] print = above.prints[thread];
                if (asleep && print != null && !above.open[thread] && !Step.dependent(print, done)) {
                    node.sleep |= 1L << thread;
                }
            }
        }
        return node;
    }

    /// A thread may end with its next step, which others see who ask whether it lives.
    private static int[] withEnd(Operation pending, ProgramThread thread) {
        int[] print = pending.footprint();
        int[] all = Arrays.copyOf(print, print.length + 1);
        all[print.length] = thread.life() << 1 | 1;
        return all;
    }

    /// Prepares the next schedule.
    ///
    /// @param last  the schedule that was run with this
    /// @return whether there is one
    public boolean next(Schedule last) {
        while (path.size() > last.steps().size()) {
            path.removeLast();
        }
        analyze(last);
        while (!path.isEmpty()) {
            Node node = path.getLast();
            node.branch++;
            if (node.branch < node.ways[node.thread]) {
                break;
            }
            node.done |= 1L << node.thread;
            long open = node.backtrack & node.enabled & ~node.done & ~node.sleep;
            if (open != 0) {
                node.thread = Long.numberOfTrailingZeros(open);
                node.branch = 0;
                break;
            }
            path.removeLast();
        }
        prefix = path.size();
        return prefix > 0;
    }

    /// Looks for steps that could have come in the other order, and notes where to try that.
    private void analyze(Schedule schedule) {
        List<Step> steps = schedule.steps();
        int ids = 1;
        for (ProgramThread thread : schedule.threads()) {
            ids = Math.max(ids, thread.id() + 1);
        }
        int[][] past = new int[ids][ids]; // by thread: how many steps of each thread happen before its next
        int[][] clocks = new int[steps.size()][];
        int[] index = new int[steps.size()]; // which step of its thread, from 1
        int[] count = new int[ids];
        boolean[] begun = new boolean[ids];
        for (int j = 0; j < steps.size(); j++) {
            Step step = steps.get(j);
            int p = step.thread().id();
            begin(step.thread(), past, clocks, begun);
            reverse(steps, j, p, step.footprint(), past[p], clocks, index);
            int[] clock = past[p].clone();
            for (int i = 0; i < j; i++) {
                if (Step.dependent(steps.get(i).footprint(), step.footprint())) {
                    join(clock, clocks[i]);
                }
            }
            index[j] = ++count[p];
            clock[p] = count[p];
            clocks[j] = clock;
            past[p] = clock;
        }
        if (schedule.end() != Schedule.End.COMPLETE) {
            for (ProgramThread thread : schedule.threads()) {
                Operation left = thread.left();
                if (left != null) {
                    begin(thread, past, clocks, begun);
                    int[] print = withEnd(left, thread);
                    reverse(steps, steps.size(), thread.id(), print, past[thread.id()], clocks, index);
                }
            }
        }
    }

    /// What was done before a thread was started happens before all it does.
    private static void begin(ProgramThread thread, int[][] past, int[][] clocks, boolean[] begun) {
        if (!begun[thread.id()]) {
            begun[thread.id()] = true;
            if (thread.bornIn() >= 0) {
                join(past[thread.id()], clocks[thread.bornIn()]);
            }
        }
    }

    /// Notes where to try thread p's step j before one that it depends on.
    private void reverse(List<Step> steps, int j, int p, int[] print, int[] past, int[][] clocks, int[] index) {
        boolean[] seen = new boolean[past.length]; // the newest of each thread suffices
        boolean waiting = true; // whether p has done nothing since
        for (int i = j - 1; i >= 0; i--) {
            Step step = steps.get(i);
            int q = step.thread().id();
            if (q == p) {
                waiting = false;
                continue;
            }
            if (seen[q] || past[q] >= index[i] || !Step.dependent(step.footprint(), print)) {
                continue;
            }
            Node node = path.get(i);
            boolean enabled = (node.enabled >> p & 1) != 0;
            if (waiting && !enabled && p < node.prints.length && node.prints[p] != null) {
                continue; // only this step let it go on
            }
            seen[q] = true;
            long first = initials(steps, i, j, p, print, past, clocks, index) & node.enabled;
            if (first == 0) {
                node.backtrack |= node.enabled;
            } else if ((first & node.backtrack) == 0) {
                node.backtrack |= (first >> p & 1) != 0 ? 1L << p : Long.lowestOneBit(first);
            }
        }
    }

    /// {@return the threads that can begin the other order}: what came between step i and p's step j and does not
    /// happen after i, then j. Those whose first step there comes after none of the others' that are there.
    private static long initials(
            List<Step> steps, int i, int j, int p, int[] print, int[] past, int[][] clocks, int[] index) {
        int q = steps.get(i).thread().id();
        int[] firsts = new int[past.length]; // by thread: the index of its first step there, 0 if it has none
        long found = 0;
        boolean independent = true; // j of all the steps there
        for (int k = i + 1; k < j; k++) {
            Step step = steps.get(k);
            int r = step.thread().id();
            if (clocks[k][q] >= index[i]) {
                continue;
            }
            independent &= past[r] < index[k] && !Step.dependent(step.footprint(), print);
            if (firsts[r] == 0) {
                if (!comesAfter(clocks[k], firsts)) {
                    found |= 1L << r;
                }
                firsts[r] = index[k];
            }
        }
        return firsts[p] == 0 && independent ? found | 1L << p : found;
    }

    private static boolean comesAfter(int[] clock, int[] firsts) {
        for (int thread = 0; thread < firsts.length; thread++) {
            if (firsts[thread] != 0 && clock[thread] >= firsts[thread]) {
                return true;
            }
        }
        return false;
    }

    private static void join(int[] clock, int[] other) {
        for (int k = 0; k < Math.min(clock.length, other.length); k++) {
            clock[k] = Math.max(clock[k], other[k]);
        }
    }
}
