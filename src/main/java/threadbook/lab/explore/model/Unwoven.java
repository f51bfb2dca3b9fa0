package threadbook.lab.explore.model;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Location;
import threadbook.lab.explore.engine.Monitors;
import threadbook.lab.explore.engine.Places;

/// Objects whose class is neither woven nor a synchroniser: each call is one step as a whole if two threads
/// reach the object. Iterators and views belong to the collection that made them.
///
/// Three kinds: what nothing orders (`HashMap`), so that two calls are a race; what is atomic
/// (`ConcurrentHashMap`); what takes the object's monitor (`Vector`, `Collections.synchronizedList`).
final class Unwoven {
    private static final Set<String> READS = Set.of(
            "get",
            "size",
            "isEmpty",
            "contains",
            "containsAll",
            "containsKey",
            "containsValue",
            "indexOf",
            "lastIndexOf",
            "getOrDefault",
            "toString",
            "hashCode",
            "equals",
            "length",
            "charAt",
            "substring",
            "getFirst",
            "getLast",
            "peek",
            "peekFirst",
            "peekLast",
            "element",
            "firstKey",
            "lastKey",
            "first",
            "last",
            "stream",
            "iterator",
            "listIterator",
            "descendingIterator",
            "entrySet",
            "keySet",
            "values",
            "subList",
            "toArray",
            "elements",
            "keys",
            "mappingCount",
            "remainingCapacity",
            "comparator",
            "getKey",
            "getValue",
            "hasNext",
            "forEach");

    /// What is known of an object in this schedule.
    private static final class Known {
        final Object owner; // the collection whose contents it shows, or itself
        final Location contents;
        boolean kept; // what it held is known

        Known(Object owner, Location contents) {
            this.owner = owner;
            this.contents = contents;
        }
    }

    private Unwoven() {}

    /// Nothing orders the calls.
    static @Nullable Object call(Call call) throws Throwable {
        return call(call, false, false);
    }

    /// Each call is atomic and orders what came before and after it; `compute` and its like promise it also
    /// for the functions they are given.
    static @Nullable Object callAtomic(Call call) throws Throwable {
        boolean promised = switch (call.name()) {
            case "compute", "computeIfAbsent", "computeIfPresent", "merge" ->
                call.receiver() instanceof java.util.concurrent.ConcurrentHashMap;
            default -> false;
        };
        return call(call, true, promised);
    }

    private static @Nullable Object call(Call call, boolean ordered, boolean promised) throws Throwable {
        Execution execution = call.execution();
        Object receiver = call.receiver();
        if (call.name().equals("parallel") || call.name().equals("parallelStream")) {
            throw call.notModelled(); // they use threads that nobody sees
        }
        if (receiver == null || Immutable.is(receiver)) {
            return call.proceed();
        }
        Known known = known(call, receiver);
        boolean reads = reads(call, receiver);
        if (!reads) {
            execution.progress();
            keep(call, known);
        }
        boolean step = execution.locations().touch(known.contents, !reads);
        if (!step) {
            return shown(call, known, call.proceed());
        }
        Act act = Act.on(call, known.contents).callingBack();
        if (ordered) {
            act.acquiring().releasing();
        } else {
            act.unordered();
        }
        Object result =
                call.perform((reads ? act.reading() : act).does(() -> execution.whole(promised, call::proceed)));
        return shown(call, known, result);
    }

    /// Each call holds the object's monitor.
    static @Nullable Object callSynchronized(Call call) throws Throwable {
        Execution execution = call.execution();
        Object receiver = call.argumentOfReceiver();
        if (execution.isOutside()) {
            keep(call, known(call, receiver));
            return shown(call, known(call, receiver), call.proceed());
        }
        var mutex = Monitors.of(execution, receiver, call.site()).mutex();
        Known known = known(call, receiver);
        boolean view = reads(call, receiver) && isLater(call.name());
        if (view) { // what it returns is not synchronized
            return call(call, false, false);
        }
        keep(call, known);
        execution.locations().touch(known.contents, true); // those who iterate without the monitor touch it, too
        execution.progress();
        var me = call.me();
        return call.perform(Act.on(call, mutex.location())
                .also(List.of(known.contents))
                .when(() -> mutex.isFreeFor(me))
                .acquiring()
                .releasing()
                .unordered()
                .callingBack()
                .does(() -> execution.whole(false, call::proceed)));
    }

    private static boolean isLater(String name) {
        return switch (name) {
            case "iterator", "listIterator", "stream", "keySet", "values", "entrySet", "subList" -> true;
            default -> false;
        };
    }

    private static boolean reads(Call call, Object receiver) {
        boolean moves = receiver instanceof java.util.LinkedHashMap || receiver instanceof java.util.WeakHashMap;
        return READS.contains(call.name()) && !(moves && call.name().equals("get"))
                || receiver instanceof Iterator && call.name().equals("next");
    }

    private static Known known(Call call, Object receiver) {
        return call.execution()
                .model(
                        receiver,
                        Known.class,
                        _ -> new Known(receiver, call.execution().locations().contents(receiver, call.site())));
    }

    /// A view that is returned shows the contents of the same collection.
    private static @Nullable Object shown(Call call, Known known, @Nullable Object result) {
        boolean view = result instanceof Iterator<?>
                || result instanceof java.util.stream.BaseStream<?, ?>
                || result instanceof Map.Entry<?, ?>
                || (result instanceof Collection<?> || result instanceof Map<?, ?>) && isView(call.name());
        if (view && result != call.receiver() && result != null) {
            call.execution().model(result, Known.class, _ -> known);
        }
        return result;
    }

    private static boolean isView(String name) {
        return switch (name) {
            case "keySet",
                    "values",
                    "entrySet",
                    "subList",
                    "headMap",
                    "tailMap",
                    "subMap",
                    "headSet",
                    "tailSet",
                    "subSet",
                    "descendingMap",
                    "descendingSet",
                    "descendingKeySet",
                    "navigableKeySet",
                    "reversed" -> true;
            default -> false;
        };
    }

    /// Before the first change of a schedule, remembers what the object holds.
    private static void keep(Call call, Known known) {
        if (known.kept) {
            return;
        }
        known.kept = true;
        Optional<Runnable> before = Contents.of(known.owner);
        if (before.isPresent()) {
            call.execution().afterwards(before.get());
        } else if (call.execution().locations().lasts(known.owner) && !(known.owner instanceof Iterator)) {
            throw call.execution()
                    .refuse(
                            "%s.%s at %s may change an object that was made earlier, which cannot be put back"
                                    .formatted(call.site().owner(), call.name(), Places.of(call.site())),
                            "Make it in the set-up.");
        }
    }
}
