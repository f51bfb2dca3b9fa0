package threadbook.lab.explore.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessListener;
import threadbook.runtime.AccessSite;

/// Hears what the program is about to do, and makes steps of what threads share. On the thread that does it.
final class Listening implements AccessListener {
    private static final int TURNS = 2_000_000; // of loops in one step, after which it counts as endless
    private static final int SUSPICIOUS = 1000; // turns after which what a loop reads is taken to be shared

    private final Execution execution;
    private final Initialisers initialisers = new Initialisers();

    Listening(Execution execution) {
        this.execution = execution;
    }

    @Override
    public void before(AccessSite site, @Nullable Object target, int index) {
        if (!execution.isHeard()) {
            return;
        }
        if (initialisers.running()) {
            initialises(site, target, index);
            return;
        }
        switch (site.kind()) {
            case READ -> {
                Location location = location(site, target, index);
                access(location, target, false, site);
                if (location.mayRefer || target instanceof Object[]) {
                    execution.requireSeen(Memory.value(location, target), site);
                }
            }
            case WRITE -> {
                Location location = location(site, target, index);
                access(location, target, true, site);
                execution.locations().keep(location, target);
            }
            case LOOP -> loop(site);
            case REFERENCE -> reference(site);
            case CALL -> {
                execution.abandonIfOver();
                if (target != null && target.getClass().isArray()) {
                    execution.calls().clones(execution, site, target);
                }
            }
            case ENTER, EXIT -> execution.abandonIfOver();
        }
    }

    /// What a class initialiser does is no step, and stays: it is not put back after the schedule.
    private void initialises(AccessSite site, @Nullable Object target, int index) {
        switch (site.kind()) {
            case READ, WRITE -> {
                boolean known = target != null && execution.locations().knows(target);
                if (target == null || known) {
                    boolean write = site.kind() == AccessSite.Kind.WRITE;
                    initialisers
                            .leaves(location(site, target, index), target, write, known)
                            .ifPresent(what -> refuseLater(what, site));
                }
            }
            case LOOP -> {
                if (site.name().equals(AccessSite.INITIALISES)) {
                    initialisers.begins(site.where());
                }
            }
            case CALL, ENTER, EXIT, REFERENCE -> {}
        }
    }

    private void refuseLater(String what, AccessSite site) {
        var unused = execution.refuse(
                "the class %s is initialised meanwhile, which happens once in a JVM, and %s at %s"
                        .formatted(initialisers, what, Places.of(site)),
                "It has happened now, so it is not explored; explore again to see what happens after it.");
    }

    private Location location(AccessSite site, @Nullable Object target, int index) {
        return index == NO_INDEX || target == null
                ? execution.locations().field(target, site)
                : execution.locations().element(target, index, site);
    }

    private void access(Location location, @Nullable Object target, boolean write, AccessSite site) {
        ProgramThread me = execution.current();
        if (execution.isOutside()) {
            return;
        }
        execution.abandonIfOver();
        boolean step = execution.locations().touch(location, write);
        if (me.atomic > 0) {
            if (location.shared && !me.promised) {
                throw execution.turns().calledBack(site);
            }
            me.extra = Operation.joined(me.extra, write ? location.writePrint : location.readPrint);
            if (write) {
                me.changed();
            }
        } else if (step || execution.locations().suspect(location, me)) {
            Spin granted = me.granted;
            me.granted = null;
            if (granted != null && !write && granted.has(location)) {
                granted.reads(location);
                execution.written(me, location.readPrint[0]);
            } else {
                execution.turns().await(me, new Access(location, target, write, site));
            }
        } else if (write) {
            me.changed();
        }
    }

    private void loop(AccessSite site) {
        switch (site.name()) {
            case AccessSite.INITIALISES -> {
                initialisers.begins(site.where());
                return;
            }
            case AccessSite.BLIND ->
                throw execution.refuse(
                        "the method %s.%s is too large to be watched".formatted(site.owner(), site.descriptor()),
                        "Divide it into smaller ones.");
            default -> {}
        }
        ProgramThread me = execution.current();
        execution.abandonIfOver();
        if (execution.isOutside()) {
            return;
        }
        if (!site.name().equals(AccessSite.BEGINS) && (++me.turns > TURNS || execution.isStopped())) {
            throw execution.endless();
        }
        if (site.name().equals(AccessSite.BEGINS)) {
            me.entering = true;
            return;
        }
        boolean first = me.entering;
        me.entering = false;
        boolean idle = !site.name().equals(AccessSite.STORES);
        me.suspicious = idle && me.turns > SUSPICIOUS;
        if (first) {
            me.turnsBegun.put(site, me.seen.size());
        } else if (idle && me.atomic == 0) {
            Spin.of(me, site).ifPresent(spin -> {
                execution.turns().await(me, spin);
                me.granted = spin;
            });
        }
    }

    /// The call itself, whenever it comes, will not be seen.
    private void reference(AccessSite site) {
        execution.abandonIfOver();
        if (execution.calls().hides(site)) {
            throw execution.refuse(
                    "the method reference to %s.%s at %s".formatted(site.owner(), site.name(), Places.of(site)),
                    "Write a lambda instead, as in () -> lock.lock(): the explorer sees the call in it.");
        }
    }

    @Override
    public @Nullable Object enter(AccessSite site, @Nullable Object monitor) {
        return !execution.isHeard() || monitor == null || initialisers.running()
                ? monitor
                : Monitors.enter(execution, monitor, site);
    }

    @Override
    public void exit(AccessSite site, @Nullable Object taken) {
        if (taken instanceof Monitors.StandIn standIn) {
            Monitors.exit(execution, standIn, site);
        }
    }

    @Override
    public @Nullable Object call(AccessSite site, Original original, @Nullable Object[] arguments) throws Throwable {
        if (!execution.isHeard()) {
            return original.call(arguments);
        }
        if (initialisers.running()) {
            boolean known = original.hasReceiver()
                    && arguments[0] != null
                    && execution.locations().knows(arguments[0]);
            Optional<String> does =
                    known ? Optional.of("calls %s.%s".formatted(site.owner(), site.name())) : initialisers.leaves(site);
            does.ifPresent(what -> refuseLater(what, site));
            return original.call(arguments);
        }
        execution.abandonIfOver();
        execution.calls(site);
        return execution.calls().call(execution, site, original, arguments);
    }
}
