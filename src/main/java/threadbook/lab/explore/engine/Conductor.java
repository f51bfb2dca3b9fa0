package threadbook.lab.explore.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goes through one schedule: asks which thread does the next step, lets it, and writes the step down.
final class Conductor {
    private final Execution execution;
    private final ProgramThreads threads;
    private final int stepLimit;
    private final Choices choices = new Choices();
    private @Nullable Watcher watcher;

    /// @param stepLimit  steps after which a schedule counts as endless
    Conductor(Execution execution, int stepLimit) {
        this.execution = execution;
        threads = execution.programThreads();
        this.stepLimit = stepLimit;
    }

    /// Has somebody told of each step, or nobody.
    void watch(@Nullable Watcher one) {
        watcher = one;
    }

    /// Lets one thread after the other do a step, until none can or the chooser has enough.
    Schedule.End run(Chooser chooser) throws InterruptedException {
        threads.advanceBorn();
        int last = -1;
        while (true) {
            if (execution.isStopped()) {
                throw new InterruptedException("exploring was stopped");
            }
            execution.refusals().throwIfAny();
            if (execution.isEndless() || execution.stepsDone() >= stepLimit) {
                return Schedule.End.ENDLESS;
            }
            boolean all = choices(last);
            if (choices.count() == 0) {
                return all ? Schedule.End.COMPLETE : Schedule.End.DEADLOCK;
            }
            int choice = chooser.choose(execution.stepsDone(), choices, execution);
            if (choice == Chooser.CUT) {
                return Schedule.End.CUT;
            }
            ProgramThread thread = threads.get(choices.thread(choice));
            last = thread.id;
            step(thread, choices.branch(choice), choices.preempts(choice));
        }
    }

    private boolean choices(int last) {
        choices.begin(last);
        boolean all = true;
        List<ProgramThread> everyone = threads.all();
        for (int i = 0; i < everyone.size(); i++) {
            ProgramThread thread = everyone.get(i);
            all &= thread.done || thread.pending != null && thread.pending.idle();
            if (thread.pending != null && thread.pending.enabled()) {
                choices.add(thread.id, thread.pending.branches());
            }
        }
        return all;
    }

    private void step(ProgramThread thread, int branch, boolean preempts) {
        Operation operation = thread.pending;
        if (operation == null) {
            throw new IllegalStateException(thread + " was chosen but has no step to do");
        }
        Watcher told = watcher;
        if (told != null) {
            told.before(execution, thread, operation);
        }
        thread.branch = branch;
        thread.turns = 0;
        thread.extra = Execution.NONE;
        if (!(operation instanceof Spin)) { // what it waits for is read by the step's own access
            for (int print : operation.footprint()) {
                execution.written(thread, print);
            }
        }
        threads.resume(thread);
        int[] footprint = operation.footprint();
        if (thread.extra.length > 0) {
            footprint = Operation.joined(footprint, thread.extra);
        }
        if (thread.done) {
            footprint = Operation.joined(
                    footprint, execution.locations().lifeOf(thread).writePrint); // others may ask whether it lives
        }
        Step step = new Step(thread, branch, operation, footprint, preempts);
        execution.done(step);
        threads.advanceBorn();
        if (told != null) {
            told.after(execution, step);
        }
    }
}
