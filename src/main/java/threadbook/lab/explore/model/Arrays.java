package threadbook.lab.explore.model;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Location;
import threadbook.runtime.AccessListener;
import threadbook.runtime.AccessSite;

/// `java.util.Arrays` and `System.arraycopy`: a step that touches all elements of the arrays it is given, if
/// threads share one of them.
final class Arrays {
    private static final int LONGEST = 1000;

    private Arrays() {}

    static @Nullable Object call(Call call) throws Throwable {
        boolean reads = switch (call.name()) {
            case "fill", "sort", "setAll", "parallelPrefix" -> false;
            case "parallelSort", "parallelSetAll" -> throw call.notModelled();
            default -> true;
        };
        return whole(call, reads);
    }

    static @Nullable Object copy(Call call) throws Throwable {
        return whole(call, false);
    }

    /// `array.clone()`, which is about to happen.
    static void cloned(Execution execution, AccessSite site, Object array) {
        var call = new Call(execution, site, Later.CLONE, array, new @Nullable Object[] {array});
        try {
            var unused = whole(call, true);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("reading an array has thrown", e);
        }
    }

    /// What the code itself does when the step is done.
    private enum Later implements AccessListener.Original {
        CLONE;

        @Override
        public boolean hasReceiver() {
            return true;
        }

        @Override
        public @Nullable Object call(@Nullable Object[] arguments) {
            return null;
        }
    }

    private static @Nullable Object whole(Call call, boolean reads) throws Throwable {
        Execution execution = call.execution();
        var elements = new ArrayList<Location>();
        boolean shared = false;
        for (Object array : call.arguments()) {
            if (array != null && array.getClass().isArray()) {
                if (Array.getLength(array) > LONGEST) {
                    throw call.notModelled();
                }
                for (int at = 0; at < Array.getLength(array); at++) {
                    Location element = execution.locations().element(array, at, call.site());
                    shared |= execution.locations().touch(element, !reads);
                    elements.add(element);
                    if (!reads) {
                        execution.locations().keep(element, array);
                    }
                }
            }
        }
        if (!reads) {
            execution.progress();
        }
        if (!shared) {
            return call.proceed();
        }
        Act act = Act.on(call, elements.getFirst())
                .also(List.copyOf(elements.subList(1, elements.size())))
                .callingBack()
                .unordered();
        return call.perform((reads ? act.reading() : act).does(() -> execution.whole(false, call::proceed)));
    }
}
