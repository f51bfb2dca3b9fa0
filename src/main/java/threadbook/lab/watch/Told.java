package threadbook.lab.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.LockOrder;
import threadbook.lab.explore.Replay;
import threadbook.lab.explore.engine.Names;
import threadbook.runtime.AccessSite;
import threadbook.runtime.Sources;

/// What was seen, in the words of the program.
final class Told {
    private final Ledger ledger;
    private final Names names;
    private final Map<Object, String> unnamed = new IdentityHashMap<>();
    private final Map<Thread, String> threads = new HashMap<>();

    /// @param program  the loader of the program's classes
    Told(Ledger ledger, @Nullable ClassLoader program) {
        this.ledger = ledger;
        names = Names.reachedFrom(ledger.statics(), program);
    }

    /// {@return a wait for each thread that is stuck}
    List<Replay.Wait> waits(Look look) {
        var waits = new ArrayList<Replay.Wait>();
        look.stuck()
                .forEach((thread, call) -> waits.add(new Replay.Wait(
                        name(thread),
                        call.verb(),
                        call.object() == null ? "" : name(call.object()),
                        holders(call),
                        call.site().file(),
                        call.site().line())));
        return waits;
    }

    /// {@return the edges in the order in which they were seen first}
    List<LockOrder.Edge> edges() {
        return ledger.edges().stream().map(this::edge).distinct().toList();
    }

    private LockOrder.Edge edge(Ledger.Edge edge) {
        AccessSite site = edge.site();
        String source = site.line() < 1
                ? ""
                : Sources.current()
                        .line(site.file(), site.line())
                        .map(String::strip)
                        .orElse("");
        return new LockOrder.Edge(
                name(edge.held()),
                name(edge.taken()),
                name(edge.thread()),
                source,
                Replay.place(site.file(), site.line()));
    }

    /// {@return the threads without which the call cannot return}
    private List<String> holders(Doing.Call call) {
        if (call.object() instanceof Thread awaited) {
            return call.verb().equals("join") && awaited.isAlive() ? List.of(name(awaited)) : List.of();
        }
        boolean owned = call.verb().equals("enter") || call.object() instanceof Lock;
        return ledger.doings().stream()
                .filter(doing -> owned && holds(doing, call.object()))
                .map(doing -> name(doing.thread))
                .toList();
    }

    private static boolean holds(Doing doing, @Nullable Object lock) {
        return doing.held().stream().anyMatch(held -> held == lock);
    }

    /// {@return what a thread is called}; those of one name have their number besides
    String name(Thread thread) {
        return threads.computeIfAbsent(thread, _ -> {
            boolean clear = !thread.getName().isEmpty() && !threads.containsValue(thread.getName());
            return clear ? thread.getName() : (thread.getName() + " #" + thread.threadId()).strip();
        });
    }

    private String name(Object object) {
        if (object instanceof Thread thread) {
            return "end of " + name(thread);
        }
        String name = names.of(object);
        return name.startsWith("a ") ? unnamed.computeIfAbsent(object, _ -> name + " " + (unnamed.size() + 1)) : name;
    }
}
