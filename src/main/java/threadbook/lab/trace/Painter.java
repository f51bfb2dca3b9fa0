package threadbook.lab.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// Puts the things known of one thread on top of each other: it ran, unless it was blocked; it held the global
/// lock, while it ran; and whatever it did, it waited for a core while Linux says so.
final class Painter {
    private final long begin;
    private final long end;
    private final List<Segment> blocked;
    private final List<Segment> holding;
    private final List<Segment> queued;

    /// All lists are put in order and made disjoint here: what begins first stays.
    Painter(long begin, long end, List<Segment> blocked, List<Segment> holding, List<Segment> queued) {
        this.begin = begin;
        this.end = Math.max(begin, end);
        this.blocked = disjoint(blocked);
        this.holding = disjoint(holding);
        this.queued = disjoint(queued);
    }

    private List<Segment> disjoint(List<Segment> segments) {
        var sorted = new ArrayList<>(segments);
        sorted.sort(Comparator.comparingLong(Segment::begin));
        var disjoint = new ArrayList<Segment>();
        long from = begin;
        for (Segment each : sorted) {
            long start = Math.max(each.begin(), from);
            long stop = Math.min(each.end(), end);
            if (start < stop) {
                disjoint.add(new Segment(each.state(), start, stop, each.on(), each.by(), each.place()));
                from = stop;
            }
        }
        return disjoint;
    }

    List<Segment> painted() {
        var borders = new TreeSet<Long>(List.of(begin, end));
        for (List<Segment> layer : List.of(blocked, holding, queued)) {
            layer.forEach(each -> borders.addAll(List.of(each.begin(), each.end())));
        }
        var painted = new ArrayList<Segment>();
        var tops = List.of(new Cursor(queued), new Cursor(blocked), new Cursor(holding));
        long from = begin;
        for (long to : borders.tailSet(begin, false)) {
            Segment top = Segment.of(State.RUNNING, from, to);
            for (Cursor layer : tops.reversed()) {
                Segment one = layer.at(from);
                top = one == null ? top : new Segment(one.state(), from, to, one.on(), one.by(), one.place());
            }
            append(painted, top);
            from = to;
        }
        return painted;
    }

    private static void append(List<Segment> painted, Segment next) {
        Segment last = painted.isEmpty() ? null : painted.getLast();
        if (last != null
                && last.state() == next.state()
                && last.on().equals(next.on())
                && last.by().equals(next.by())) {
            painted.set(
                    painted.size() - 1,
                    new Segment(last.state(), last.begin(), next.end(), last.on(), last.by(), last.place()));
        } else {
            painted.add(next);
        }
    }

    /// Walks along segments that are disjoint and in order.
    private static final class Cursor {
        private final List<Segment> segments;
        private int at;

        Cursor(List<Segment> segments) {
            this.segments = segments;
        }

        /// @param time  not before the time of the last call
        @org.jspecify.annotations.Nullable
        Segment at(long time) {
            while (at < segments.size() && segments.get(at).end() <= time) {
                at++;
            }
            return at < segments.size() && segments.get(at).begin() <= time ? segments.get(at) : null;
        }
    }
}
