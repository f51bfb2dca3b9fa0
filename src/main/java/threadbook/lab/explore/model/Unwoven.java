package threadbook.lab.explore.model;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.engine.Location;

/// Calls into code that is neither woven nor known: one step as a whole, if two threads reach the object.
final class Unwoven {
    private static final Set<String> READS = Set.of(
            "get",
            "size",
            "isEmpty",
            "contains",
            "containsKey",
            "containsValue",
            "indexOf",
            "getOrDefault",
            "toString",
            "hashCode",
            "equals",
            "length",
            "charAt",
            "getFirst",
            "getLast",
            "peek",
            "stream",
            "iterator",
            "entrySet",
            "keySet",
            "values",
            "hasNext",
            "forEach");

    private Unwoven() {}

    static @Nullable Object call(Call call) throws Throwable {
        Object receiver = call.receiver();
        if (receiver == null || !changes(receiver)) {
            return call.proceed();
        }
        Engine engine = call.engine();
        boolean reads = READS.contains(call.name());
        Location location = engine.location(receiver, call.site());
        if (!engine.touch(location, !reads)) {
            return call.proceed();
        }
        Act act = Act.on(call, location).unordered();
        return call.perform((reads ? act.reading() : act).does(() -> engine.whole(call::proceed)));
    }

    private static boolean changes(Object receiver) {
        return receiver instanceof Collection<?> || receiver instanceof Map<?, ?> || receiver instanceof StringBuilder;
    }
}
