package threadbook.kernel.deadlock;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Calls a lock what the student calls it: by the variable that holds it, `a` or `forks[2]` or
/// `account.lock`; otherwise by its class.
///
/// Looks through the variables of the cells, the elements of their arrays and lists, and the fields of
/// the students' own objects, three steps deep and at most ten thousand objects. Calls no code of theirs.
final class LockNames {
    private static final int DEPTH = 3;
    private static final int MOST = 10_000;

    private final Map<Object, String> names = new IdentityHashMap<>();

    /// @param variables  the cells' variables by name, as they are now
    LockNames(Map<String, Object> variables) {
        var queue = new ArrayDeque<Named>();
        variables.forEach((name, value) -> queue.add(new Named(name, value, 0)));
        while (!queue.isEmpty() && names.size() < MOST) {
            var next = queue.remove();
            if (names.putIfAbsent(next.value, next.name) == null) {
                synchroniser(next.value, next.name);
                if (next.depth < DEPTH) {
                    parts(next, queue);
                }
            }
        }
    }

    private record Named(String name, Object value, int depth) {}

    /// {@return the lock's name}
    ///
    /// @param lock  a monitor's object, or the synchroniser that a thread is parked on
    String of(Object lock) {
        String name = names.get(lock);
        if (name != null) {
            return name;
        }
        // The synchroniser inside a lock is a class of its own, such as ReentrantLock$NonfairSync.
        Class<?> outer = lock.getClass().getNestHost();
        return "a " + outer.getSimpleName() + " @" + Integer.toHexString(System.identityHashCode(lock));
    }

    /// {@return what threads park on inside the locks that have a name, with that name}
    Map<AbstractOwnableSynchronizer, String> synchronisers() {
        Map<AbstractOwnableSynchronizer, String> found = new IdentityHashMap<>();
        names.forEach((object, name) -> {
            if (object instanceof AbstractOwnableSynchronizer synchroniser) {
                found.put(synchroniser, name);
            }
        });
        return found;
    }

    /// The object that threads really park on is inside the lock that the student knows.
    private void synchroniser(Object lock, String name) {
        if (lock instanceof ReentrantLock || lock instanceof ReentrantReadWriteLock) {
            Class<?> type = lock instanceof ReentrantLock ? ReentrantLock.class : ReentrantReadWriteLock.class;
            try {
                Field sync = type.getDeclaredField("sync");
                sync.setAccessible(true);
                names.putIfAbsent(sync.get(lock), name);
            } catch (ReflectiveOperationException | InaccessibleObjectException _) {
                // Without the option --add-opens the lock keeps the name of its class.
            }
        }
    }

    private static void parts(Named whole, ArrayDeque<Named> queue) {
        switch (whole.value) {
            case Object[] array -> {
                for (int i = 0; i < array.length && i < MOST; i++) {
                    add(queue, whole, whole.name + "[" + i + "]", array[i]);
                }
            }
            case List<?> list
            when list.getClass().getName().startsWith("java.util.") -> {
                var elements = List.of(list.toArray());
                for (int i = 0; i < elements.size() && i < MOST; i++) {
                    add(queue, whole, whole.name + "[" + i + "]", elements.get(i));
                }
            }
            default -> fields(whole, queue);
        }
    }

    private static void fields(Named whole, ArrayDeque<Named> queue) {
        Class<?> type = whole.value.getClass();
        if (!type.getName().startsWith("REPL.") || type.isHidden()) {
            return; // not a class that a cell declares
        }
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                try {
                    field.setAccessible(true);
                    add(queue, whole, whole.name + "." + field.getName(), field.get(whole.value));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(field + " was made accessible but is not", e);
                }
            }
        }
    }

    private static void add(
            ArrayDeque<Named> queue, Named whole, String name, @org.jspecify.annotations.Nullable Object value) {
        if (value != null) {
            queue.add(new Named(name, value, whole.depth + 1));
        }
    }
}
