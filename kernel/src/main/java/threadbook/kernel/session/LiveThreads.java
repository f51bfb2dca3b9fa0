package threadbook.kernel.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.deadlock.Waits;
import threadbook.kernel.interrupt.Interruption;
import threadbook.kernel.interrupt.Ladder;
import threadbook.kernel.magic.Threads;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.kernel.thread.CellThreads;

/// The threads that outlive their cells: named when the cell ends, listed, dumped and ended on demand.
///
/// Used by the queue's thread.
final class LiveThreads implements Threads {
    private static final Duration ENDING = Duration.ofMillis(20); // so long a thread may take to end unnamed
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final int LOOKS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int NAMES = 5;

    private final CellThreads<Cell> threads;
    private final Ladder ladder;
    private final Waits waits;
    private final Duration late;
    private final Set<Cell> abandoned = ConcurrentHashMap.newKeySet();

    /// @param late  how long [#awaitThoseOf] waits at most
    LiveThreads(CellThreads<Cell> threads, Ladder ladder, Waits waits, Duration late) {
        this.late = late;
        this.threads = threads;
        this.ladder = ladder;
        this.waits = waits;
    }

    /// Notes that a cell was left while its threads live.
    void abandoned(Cell cell) {
        abandoned.add(cell);
    }

    /// Waits until no thread of the cell has run for a moment, as long as the session allows. A pool's thread
    /// that waits for its next task belongs to no cell and is not waited for; one that is about to take a task
    /// of this cell looks the same until it has it.
    ///
    /// @param own        the thread that ran the cell
    /// @param cancelled  asked again and again: when true nothing is waited for
    void awaitThoseOf(Cell cell, @Nullable Thread own, BooleanSupplier cancelled) {
        long begun = System.nanoTime();
        int looks = 0; // in a row that found none
        while (looks < LOOKS && System.nanoTime() - begun < late.toNanos() && !cancelled.getAsBoolean()) {
            looks = of(cell, own).isEmpty() ? looks + 1 : 0;
            LockSupport.parkNanos(this, LOOK.toNanos());
        }
    }

    /// Shows one line if threads of the cell go on after its end.
    ///
    /// As something displayed, not as text: what the program prints stays the program's own, and
    /// nothing is red.
    ///
    /// @param own  the thread that ran the cell, which is about to end
    void nameThoseOf(Cell cell, @Nullable Thread own) {
        List<Thread> live = of(cell, own);
        if (!live.isEmpty()) {
            awaitEnd(live, ENDING);
            live = of(cell, own);
        }
        if (!live.isEmpty()) {
            cell.output().display(line(cell.number(), live), Optional.empty());
        }
    }

    private List<Thread> of(Cell cell, @Nullable Thread own) {
        return threads.of(cell).stream()
                .filter(thread -> thread != own && !ofTheJdk(thread))
                .toList();
    }

    /// Helpers that a class of the JDK starts, such as those of its HTTP client.
    private static boolean ofTheJdk(Thread thread) {
        return thread.getClass().getName().startsWith("jdk.internal.");
    }

    private static MimeBundle line(int number, List<Thread> live) {
        String names = live.stream()
                .limit(NAMES)
                .map(thread -> thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName())
                .collect(Collectors.joining(", "));
        String text = "%s %s of cell %s still %s: %s%s. %%threads says what they do, %%kill %s ends them."
                .formatted(
                        live.size(),
                        live.size() == 1 ? "thread" : "threads",
                        number,
                        live.size() == 1 ? "runs" : "run",
                        names,
                        live.size() > NAMES ? ", …" : "",
                        number);
        return Notice.of(text);
    }

    @Override
    public String list() {
        Map<Cell, List<Thread>> live = byCell();
        if (live.isEmpty()) {
            return "No thread of a cell runs.";
        }
        var lines = new ArrayList<String>();
        live.forEach((cell, own) -> {
            lines.add(heading(cell));
            waits.look(own).lines().forEach(line -> lines.add("  " + line));
        });
        return String.join("\n", lines);
    }

    private String heading(Cell cell) {
        return "cell " + cell.number() + (abandoned.contains(cell) ? " (left behind: could not be stopped)" : "") + ":";
    }

    private Map<Cell, List<Thread>> byCell() {
        Map<Cell, List<Thread>> live = new LinkedHashMap<>();
        threads.byRun().entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> entry.getKey().number()))
                .forEach(entry -> {
                    List<Thread> own = entry.getValue().stream()
                            .filter(thread -> !ofTheJdk(thread))
                            .toList();
                    if (!own.isEmpty()) {
                        live.put(entry.getKey(), own);
                    }
                });
        abandoned.retainAll(live.keySet());
        return live;
    }

    @Override
    public String kill(int number) {
        List<Thread> before = ofNumber(number);
        if (before.isEmpty()) {
            return "No thread of cell %s runs.".formatted(number);
        }
        byCell().keySet().stream()
                .filter(cell -> cell.number() == number)
                .forEach(cell -> ladder.leave(new Leftover(cell, threads)));
        awaitEnd(before, PATIENCE);
        List<Thread> left = ofNumber(number);
        String ended =
                "%s of %s threads of cell %s ended.".formatted(before.size() - left.size(), before.size(), number);
        return left.isEmpty()
                ? ended
                : ended + "\nNot ended:\n  "
                        + String.join("\n  ", waits.look(left).lines());
    }

    /// Ends the threads that a cell has started, where the system gives no more; without any it names who has
    /// most.
    ///
    /// @return what was done or what to do, a line each
    List<String> makeRoom(Cell cell) {
        if (!of(cell, null).isEmpty()) {
            return List.of("Those that the cell had started were ended, to make room: " + kill(cell.number()));
        }
        return byCell().entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .map(entry -> "Cell %1$s has %2$s threads: %%kill %1$s ends them."
                        .formatted(entry.getKey().number(), entry.getValue().size()))
                .stream()
                .toList();
    }

    private List<Thread> ofNumber(int number) {
        return byCell().entrySet().stream()
                .filter(entry -> entry.getKey().number() == number)
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static void awaitEnd(List<Thread> threads, Duration time) {
        long begun = System.nanoTime();
        try {
            for (Thread thread : threads) {
                Duration left = time.minusNanos(System.nanoTime() - begun);
                if (left.isPositive() && thread.getState() != Thread.State.NEW) {
                    thread.join(left);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // whoever asked is to hurry: what lives now is named
        }
    }

    @Override
    public String dump() {
        var text = new StringBuilder();
        Map<Cell, List<Thread>> cells = byCell();
        cells.forEach((cell, own) -> {
            text.append(heading(cell)).append('\n');
            own.forEach(thread -> append(text, thread, thread.getStackTrace()));
        });
        text.append("the kernel and the JDK:\n");
        Set<Thread> shown = cells.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (!shown.contains(thread)) {
                append(text, thread, stack);
            }
        });
        return text.toString().stripTrailing();
    }

    private static void append(StringBuilder text, Thread thread, StackTraceElement[] stack) {
        text.append("  \"%s\" #%s %s%s%n"
                .formatted(
                        thread.getName(), thread.threadId(), thread.isVirtual() ? "virtual " : "", thread.getState()));
        for (StackTraceElement frame : stack) {
            text.append("      at ").append(frame).append('\n');
        }
    }

    /// The threads that are left of a cell that has ended.
    private record Leftover(Cell cell, CellThreads<Cell> members) implements Interruption {
        @Override
        public List<Thread> threads() {
            return members.of(cell);
        }

        @Override
        public boolean ownsCurrentThread() {
            return members.current().filter(cell::equals).isPresent();
        }

        @Override
        public boolean ended() {
            return true;
        }

        @Override
        public void struck() {}

        @Override
        public void abandon(List<Thread> stuck) {}
    }
}
