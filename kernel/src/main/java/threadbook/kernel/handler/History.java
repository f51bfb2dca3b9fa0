package threadbook.kernel.handler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.Reply.HistoryReply;
import threadbook.kernel.protocol.Reply.Line;
import threadbook.kernel.protocol.Request.HistoryRequest;
import threadbook.kernel.protocol.Request.Selection.Range;
import threadbook.kernel.protocol.Request.Selection.Search;
import threadbook.kernel.protocol.Request.Selection.Tail;

/// The cells that were run and what they showed, in memory, for as long as the kernel lives.
///
/// Any thread may call it.
public final class History {
    /// The number of this session; there is no other, as nothing is kept from earlier kernels.
    private static final int SESSION = 1;

    private static final int CAPACITY = 10_000;

    /// Oldest first; guarded by `this`.
    private final Deque<Line> lines = new ArrayDeque<>();

    /// Remembers a cell; beyond ten thousand the oldest is forgotten.
    synchronized void add(int number, String input, @Nullable String output) {
        if (lines.size() == CAPACITY) {
            lines.removeFirst();
        }
        lines.addLast(new Line(SESSION, number, input, output));
    }

    /// {@return the lines that were asked for, oldest first}
    public synchronized HistoryReply handle(HistoryRequest request) {
        List<Line> selected = switch (request.selection()) {
            case Range range ->
                lines.stream().filter(line -> within(range, line.number())).toList();
            case Tail(int count) -> last(lines.stream().toList(), count);
            case Search search -> found(search);
        };
        return new HistoryReply(selected, request.output());
    }

    private static boolean within(Range range, int number) {
        boolean here = range.session() == 0 || range.session() == SESSION;
        Integer stop = range.stop();
        return here && number >= range.start() && (stop == null || number < stop);
    }

    private List<Line> found(Search search) {
        Stream<Line> matching = lines.stream().filter(line -> Glob.matches(search.pattern(), line.input()));
        if (search.unique()) {
            var newest = new LinkedHashMap<String, Line>();
            matching.forEach(line -> newest.putLast(line.input(), line));
            return last(List.copyOf(newest.values()), search.count());
        }
        return last(matching.toList(), search.count());
    }

    private static List<Line> last(List<Line> all, int count) {
        return all.subList(Math.max(0, all.size() - Math.max(0, count)), all.size());
    }
}
