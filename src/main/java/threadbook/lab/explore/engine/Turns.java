package threadbook.lab.explore.engine;

import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// How a thread of the program comes to do its steps: it says what is next, waits until it is chosen, does it.
final class Turns {
    private final Execution execution;

    Turns(Execution execution) {
        this.execution = execution;
    }

    /// Waits until the operation is chosen and does it; in the set-up, does it at once.
    ///
    /// @throws Throwable  what the operation throws
    @Nullable
    Object perform(Operation operation) throws Throwable {
        ProgramThread me = execution.current();
        if (execution.isOutside() || me.atomic > 0) {
            if (!operation.enabled()) {
                throw execution.refuse(
                        execution.isOutside()
                                ? "the set-up would wait for ever"
                                : "it may wait while a call into the JDK is under way",
                        "Found at " + Places.of(operation.site()) + ".");
            }
            if (!execution.isOutside() && !me.promised) {
                throw calledBack(operation.site());
            }
            me.extra = Operation.joined(me.extra, operation.footprint());
            return operation.run(0);
        }
        await(me, operation);
        return operation.run(me.branch);
    }

    /// Waits until the operation is chosen; the caller does it.
    void await(ProgramThread me, Operation operation) {
        execution.abandonIfOver();
        me.granted = null;
        me.pending = operation;
        int resumptions = me.resumptions;
        Thread.yield();
        me.pending = null;
        execution.abandonIfOver();
        if (me.resumptions == resumptions) { // a class initialiser: the JVM lets no other thread in
            if (!operation.enabled()) {
                throw execution.refuse(
                        "%s waits at %s inside a class initialiser or a native method"
                                .formatted(me, Places.of(operation.site())),
                        "Initialise the class in the set-up.");
            }
            me.extra = Operation.joined(me.extra, operation.footprint());
            me.branch = 0;
        }
    }

    /// {@return what to throw where the JDK calls the program back in the middle of a step}
    RuntimeException calledBack(AccessSite site) {
        return execution.refuse(
                "a call into the JDK calls the program back, which uses at %s what threads share"
                        .formatted(Places.of(site)),
                "That call is no single step, and nobody has modelled its parts.");
    }

    /// Does something without a switch of threads inside: what it touches belongs to the current step.
    ///
    /// @param promised  whether the called code promises to be atomic, also where it calls the program back
    <T extends @Nullable Object> T whole(boolean promised, Whole<T> code) throws Exception {
        ProgramThread me = execution.current();
        boolean before = me.promised;
        me.promised = (me.atomic == 0 || before) && promised;
        me.atomic++;
        try {
            return code.run();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("neither an exception nor an error was thrown", e);
        } finally {
            me.atomic--;
            me.promised = before;
        }
    }
}
