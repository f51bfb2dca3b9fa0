package threadbook.lab.trace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// Something that a thread did to an object and may have waited in.
///
/// @param blocked  the state of the thread while it had to wait
/// @param end      [Long#MAX_VALUE] if it was not over
/// @param amount   how many permits, or 1
/// @param got      whether it did what it was to do
/// @param site     where; null for a global lock, which is not woven
record Doing(
        State blocked,
        Verb.Effect effect,
        @Nullable Object object,
        long begin,
        long end,
        int amount,
        boolean got,
        @Nullable AccessSite site) {

    /// {@return what a ring's notes mean, in order}; a monitor counts as taken at once, see [Entering]
    static List<Doing> of(List<Ring.Note> notes) {
        var doings = new ArrayList<Doing>();
        long asked = -1; // when the thread asked for a global lock
        for (Ring.Note note : notes) {
            switch (note) {
                case Ring.Call call -> Verb.of(call.site()).ifPresent(verb -> doings.add(called(call, verb)));
                case Ring.Monitor monitor -> doings.add(monitor(monitor));
                case Ring.Global global -> {
                    switch (global.turn()) {
                        case ASKS -> asked = global.begin();
                        case TOOK -> {
                            doings.add(global(global, Verb.Effect.TAKES, asked < 0 ? global.begin() : asked));
                            asked = -1;
                        }
                        case GAVE -> doings.add(global(global, Verb.Effect.GIVES, global.begin()));
                    }
                }
            }
        }
        if (asked >= 0) {
            Object lock = notes.reversed().stream()
                    .filter(Ring.Global.class::isInstance)
                    .findFirst()
                    .map(Ring.Note::object)
                    .orElse(null);
            doings.add(new Doing(State.LOCKED, Verb.Effect.TAKES, lock, asked, Long.MAX_VALUE, 1, false, null));
        }
        return doings;
    }

    private static Doing called(Ring.Call call, Verb verb) {
        return new Doing(
                verb.blocked(),
                verb.effect(),
                call.object(),
                call.begin(),
                call.end(),
                call.amount(),
                call.got(),
                call.site());
    }

    private static Doing monitor(Ring.Monitor monitor) {
        return new Doing(
                monitor.enters() ? State.LOCKED : State.RUNNING,
                monitor.enters() ? Verb.Effect.TAKES : Verb.Effect.GIVES,
                monitor.object(),
                monitor.begin(),
                monitor.begin(),
                1,
                true,
                monitor.site());
    }

    private static Doing global(Ring.Global global, Verb.Effect effect, long begin) {
        State blocked = effect == Verb.Effect.TAKES ? State.LOCKED : State.RUNNING;
        return new Doing(blocked, effect, global.object(), begin, global.begin(), 1, true, null);
    }

    /// {@return whether a thread may have to wait in it}
    boolean mayWait() {
        return blocked != State.RUNNING;
    }

    Doing until(long later) {
        return new Doing(blocked, effect, object, begin, later, amount, got, site);
    }

    boolean contains(long time) {
        return begin <= time && time <= end;
    }

    /// {@return the name of the method; empty for a monitor and a global lock}
    String name() {
        return site == null ? "" : site.name();
    }
}
