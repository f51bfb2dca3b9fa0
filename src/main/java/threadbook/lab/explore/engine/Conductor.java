package threadbook.lab.explore.engine;

import java.util.ArrayList;
import java.util.List;

/// Goes through one schedule: asks which thread does the next step, lets it, and writes the step down.
final class Conductor {
    private final Engine engine;
    private final ProgramThreads threads;
    private final int stepLimit;
    private final Choices choices = new Choices();
    private List<Step> steps = new ArrayList<>(); // of the current schedule

    /// @param stepLimit  steps after which a schedule counts as endless
    Conductor(Engine engine, ProgramThreads threads, int stepLimit) {
        this.engine = engine;
        this.threads = threads;
        this.stepLimit = stepLimit;
    }

    /// Begins another schedule.
    void begin() {
        steps = new ArrayList<>();
    }

    /// {@return the steps that were done}
    List<Step> steps() {
        return steps;
    }

    /// Lets one thread after the other do a step, until none can or the chooser has enough.
    Schedule.End run(Chooser chooser) throws InterruptedException {
        threads.advanceBorn();
        int last = -1;
        while (true) {
            if (engine.isStopped()) {
                throw new InterruptedException("exploring was stopped");
            }
            engine.throwRefusal();
            if (engine.isEndless() || steps.size() >= stepLimit) {
                return Schedule.End.ENDLESS;
            }
            boolean all = choices(last);
            if (choices.count() == 0) {
                return all ? Schedule.End.COMPLETE : Schedule.End.DEADLOCK;
            }
            int choice = chooser.choose(steps.size(), choices, engine);
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
        Watcher watcher = engine.watcher();
        if (watcher != null) {
            watcher.before(engine, thread, operation);
        }
        thread.branch = branch;
        thread.turns = 0;
        thread.extra = Engine.NONE;
        if (!(operation instanceof Spin)) { // what it waits for is read by the step's own access
            for (int print : operation.footprint()) {
                written(thread, print);
            }
        }
        threads.resume(thread);
        int[] footprint = operation.footprint();
        if (thread.extra.length > 0) {
            footprint = Engine.joined(footprint, thread.extra);
        }
        if (thread.done) {
            footprint = Engine.joined(footprint, engine.lifeOf(thread).writePrint); // others may ask whether it lives
        }
        Step step = new Step(thread, branch, operation, footprint, preempts);
        steps.add(step);
        threads.advanceBorn();
        if (watcher != null) {
            watcher.after(engine, step);
        }
    }

    /// Notes that a thread reads or writes a location, in the step that it does.
    void written(ProgramThread thread, int print) {
        Location location = engine.locations().of(print >> 1);
        if ((print & 1) != 0) {
            location.version++;
            thread.changed();
        } else {
            thread.seen.add(new ProgramThread.Seen(location, location.version));
        }
    }
}
