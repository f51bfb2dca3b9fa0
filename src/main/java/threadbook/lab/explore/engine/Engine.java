package threadbook.lab.explore.engine;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSites;

/// Runs schedules of one program, one at a time, on the thread that calls [#run]. Only one engine can be
/// open in a JVM: it listens to the access sites.
public final class Engine implements AutoCloseable {
    private final Program program;
    private final Execution execution;
    private final Conductor conductor;
    private final Listening listening;

    /// @param calls          what is done instead of calls into code that is not woven
    /// @param stepLimit      steps after which a schedule counts as endless
    /// @param spuriousLimit  how many waiting threads may wake up for no reason in one schedule
    public Engine(Program program, Calls calls, int stepLimit, int spuriousLimit) {
        this.program = program;
        execution = new Execution(program.loader(), calls, spuriousLimit);
        conductor = new Conductor(execution, stepLimit);
        listening = new Listening(execution);
    }

    /// Begins to listen to the program; to be ended by [#close].
    ///
    /// @throws IllegalStateException  if another engine is open
    public void open() {
        execution.stop(false);
        AccessSites.listen(listening);
    }

    /// {@return what the program's threads touch}, in all schedules so far
    public Locations locations() {
        return execution.locations();
    }

    /// Asks [#run] to end as soon as it can, by [InterruptedException]. Any thread may call it.
    public void stop() {
        execution.stop(true);
    }

    /// Has somebody told of each step, or nobody.
    public void watch(@Nullable Watcher one) {
        conductor.watch(one);
    }

    /// {@return what the program calls its objects now}
    public Names names() {
        return execution.names();
    }

    /// Makes every access a step, whether threads share the location or not, to find out which they share.
    public void everyAccess(boolean all) {
        locations().everyAccess(all);
    }

    /// {@return all threads of the last schedule}
    public List<ProgramThread> threads() {
        return execution.threads();
    }

    /// Runs one schedule and leaves the program's variables as they were before.
    ///
    /// @throws NotModelledException  if the program does what cannot be explored
    /// @throws SetupFailedException  if the set-up or the reading of the outcome throws
    /// @throws InterruptedException  after [#stop]
    public Schedule run(Chooser chooser) throws InterruptedException {
        execution.begin();
        try {
            outside("the set-up", () -> {
                program.setup().run();
                locations().nameNew();
                return null;
            });
            ProgramThreads threads = execution.programThreads();
            for (int i = 0; i < program.bodies().size(); i++) {
                var body = program.bodies().get(i);
                threads.spawn(threads.outside(), program.names().get(i), null, body::run);
            }
            Schedule.End end = conductor.run(chooser);
            for (ProgramThread thread : threads.all()) {
                thread.left = thread.pending;
            }
            boolean turned = locations().takeDiscovered();
            Object outcome = end == Schedule.End.COMPLETE ? outside("the outcome", program.outcome()) : null;
            return new Schedule(
                    end, outcome, execution.steps(), List.copyOf(threads.all()), execution.printed(), turned);
        } finally {
            execution.end();
        }
    }

    private @Nullable Object outside(String what, Callable<?> code) throws InterruptedException {
        ProgramThreads threads = execution.programThreads();
        threads.beginOutside();
        try {
            Object result = code.call();
            execution.refusals().throwIfAny();
            return result;
        } catch (NotModelledException | SetupFailedException e) {
            throw e;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new SetupFailedException(what, e);
        } finally {
            threads.endOutside();
        }
    }

    @Override
    public void close() {
        AccessSites.ignore();
    }
}
