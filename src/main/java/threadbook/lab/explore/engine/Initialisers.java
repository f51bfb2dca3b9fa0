package threadbook.lab.explore.engine;

import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// Classes of the program that are initialised while a schedule runs, which happens once in a JVM: schedules
/// after it would be others.
///
/// One that only sets what is its own is as if it had been initialised before. Anything else is reported, after
/// the initialiser has ended: an exception in it would make the class unusable for ever.
final class Initialisers {
    private final Set<Class<?>> running = new HashSet<>();

    /// A class begins to be initialised.
    void begins(Class<?> type) {
        running.add(type);
    }

    /// {@return whether the calling thread initialises a class}
    boolean running() {
        if (running.isEmpty()) {
            return false;
        }
        Set<Class<?>> still = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> frame.getMethodName().equals("<clinit>"))
                        .map(StackWalker.StackFrame::getDeclaringClass)
                        .collect(Collectors.toSet()));
        running.retainAll(still);
        return !running.isEmpty();
    }

    /// {@return what an initialiser does to others by an access}; empty if it keeps to itself
    ///
    /// @param target  the object or array; null for a static field
    /// @param known   whether the object was seen before
    Optional<String> leaves(Location location, @Nullable Object target, boolean write, boolean known) {
        if (location.field == null || !Modifier.isStatic(location.field.getModifiers())) {
            return target != null && known ? Optional.of(write ? "changes" : "reads") : Optional.empty();
        }
        Class<?> owner = location.field.getDeclaringClass();
        boolean constant = Modifier.isFinal(location.field.getModifiers())
                && (location.field.getType().isPrimitive()
                        || location.field.getType() == String.class
                        || location.field.isEnumConstant()
                        || owner.getClassLoader() == null);
        return running.contains(owner) || constant && !write
                ? Optional.empty()
                : Optional.of((write ? "changes " : "reads ") + Names.variable(location.field));
    }

    /// {@return what an initialiser does to others by a call}; empty if it is one that makes or fills objects of
    /// its own
    Optional<String> leaves(AccessSite site) {
        String owner = site.owner();
        boolean harmless = owner.startsWith("[")
                || owner.startsWith("java.util.concurrent.atomic.")
                || owner.startsWith("java.util.concurrent.locks.")
                        && site.name().equals("<init>")
                || owner.startsWith("java.util.")
                        && !owner.startsWith("java.util.concurrent.")
                        && !owner.startsWith("java.util.Random")
                        && !owner.startsWith("java.util.Timer")
                || owner.startsWith("java.util.concurrent.Concurrent")
                || owner.startsWith("java.util.concurrent.Semaphore")
                        && site.name().equals("<init>")
                || owner.startsWith("java.util.concurrent.TimeUnit")
                || owner.startsWith("java.time.Duration")
                || owner.startsWith("java.math.")
                || owner.startsWith("java.lang.String")
                || owner.startsWith("java.lang.Object") && site.name().equals("<init>");
        return harmless ? Optional.empty() : Optional.of("calls %s.%s".formatted(owner, site.name()));
    }

    @Override
    public String toString() {
        return running.stream().map(Class::getSimpleName).sorted().collect(Collectors.joining(", "));
    }
}
