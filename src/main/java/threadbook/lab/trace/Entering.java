package threadbook.lab.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds out when threads got the monitors that they entered: a site tells before, and nobody tells after.
///
/// Only one thread has a monitor at a time. That it has left one, a thread tells a little later than it does, so the
/// next one may even have left it, too, by then.
final class Entering {
    private static final long NOBODY = -1;

    private record Moment(long time, long thread, int index, Doing doing, boolean enters) {}

    private final Map<Long, List<Doing>> doings;
    private final List<Moment> moments;
    private final Map<Long, Integer> waiting = new HashMap<>(); // thread: where its entering stands in its list
    private final Set<Long> late = new HashSet<>(); // who has left it and not told yet
    private long holder = NOBODY;
    private int depth;

    private Entering(Map<Long, List<Doing>> doings, List<Moment> moments) {
        this.doings = doings;
        this.moments = moments;
    }

    /// Puts into the lists, which can be changed, when each monitor was got.
    static void complete(Map<Long, List<Doing>> doings) {
        var monitors = new IdentityHashMap<Object, List<Moment>>();
        doings.forEach((thread, each) -> {
            for (int i = 0; i < each.size(); i++) {
                Doing doing = each.get(i);
                boolean monitor = doing.site() != null && doing.name().isEmpty();
                boolean waits = doing.name().equals("wait");
                if (doing.object() != null && (monitor || waits)) {
                    var moments = monitors.computeIfAbsent(doing.object(), _ -> new ArrayList<>());
                    boolean enters = doing.effect() == Verb.Effect.TAKES;
                    moments.add(new Moment(doing.begin(), thread, i, doing, enters));
                    if (waits) {
                        moments.add(new Moment(doing.end(), thread, i, doing, true));
                    }
                }
            }
        });
        monitors.values().forEach(moments -> {
            moments.sort(Comparator.comparingLong(Moment::time));
            new Entering(doings, moments).play();
        });
    }

    private void play() {
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            if (!moment.enters) {
                leaves(moment, i);
            } else if (moment.doing.name().equals("wait")) {
                got(moment.thread); // it tells when it has the monitor again
            } else if (holder == moment.thread) {
                depth++;
            } else if (holder == NOBODY) {
                got(moment.thread);
            } else {
                waiting.put(moment.thread, moment.index);
            }
        }
    }

    private void got(long thread) {
        if (holder != NOBODY && holder != thread) {
            late.add(holder);
        }
        holder = thread;
        depth = 1;
    }

    private void leaves(Moment moment, int at) {
        if (late.remove(moment.thread)) {
            return;
        }
        Integer index = waiting.remove(moment.thread);
        if (holder != moment.thread && index != null) {
            set(moment.thread, index, moment.time);
            got(moment.thread);
        }
        if (holder == moment.thread && --depth == 0) {
            holder = NOBODY;
            next(moment.time, at);
        }
    }

    /// Of those who wait, who leaves it first has got it first.
    private void next(long time, int at) {
        for (int i = at + 1; i < moments.size() && !waiting.isEmpty(); i++) {
            Moment moment = moments.get(i);
            Integer index = moment.enters ? null : waiting.remove(moment.thread);
            if (index != null) {
                set(moment.thread, index, time);
                got(moment.thread);
                return;
            }
        }
    }

    private void set(long thread, int index, long time) {
        List<Doing> list = doings.getOrDefault(thread, List.of());
        list.set(index, list.get(index).until(time));
    }
}
