package threadbook.kernel.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// How much memory an object holds, about: arrays, texts and the JDK's collections of them, of which some
/// elements are taken for all. Of anything else nothing is known.
///
/// Runs no user code and takes no lock: only collections of the JDK that need neither are looked into.
final class Weight {
    private static final int SAMPLE = 500;
    private static final int DEPTH = 2;
    private static final int OBJECT = 16;
    private static final int ENTRY = 32; // what a map or a linked list has for each element, about

    private static final Set<Class<?>> OPEN = Set.of(
            ArrayList.class,
            ArrayDeque.class,
            LinkedList.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            PriorityQueue.class,
            ConcurrentHashMap.class,
            ConcurrentLinkedQueue.class,
            ConcurrentLinkedDeque.class,
            CopyOnWriteArrayList.class);

    private Weight() {}

    /// {@return the bytes that the object holds, about; 0 where nothing is known}
    static long of(Object object) {
        try {
            return of(object, DEPTH);
        } catch (RuntimeException _) {
            return 0; // a thread changes the collection at this moment
        }
    }

    private static long of(@Nullable Object object, int depth) {
        return switch (object) {
            case null -> 0;
            case byte[] a -> a.length;
            case boolean[] a -> a.length;
            case short[] a -> 2L * a.length;
            case char[] a -> 2L * a.length;
            case int[] a -> 4L * a.length;
            case float[] a -> 4L * a.length;
            case long[] a -> 8L * a.length;
            case double[] a -> 8L * a.length;
            case Object[] a -> 4L * a.length + all(Arrays.asList(a), a.length, depth);
            case String text -> OBJECT + text.length();
            case StringBuilder text -> OBJECT + (long) text.capacity();
            case Collection<?> c
            when OPEN.contains(c.getClass()) ->
                (c instanceof ArrayList ? 4L : ENTRY) * c.size() + all(c, c.size(), depth);
            case Map<?, ?> m
            when OPEN.contains(m.getClass()) ->
                (long) ENTRY * m.size() + all(m.keySet(), m.size(), depth) + all(m.values(), m.size(), depth);
            default -> OBJECT;
        };
    }

    private static long all(Collection<?> elements, int size, int depth) {
        if (size == 0 || depth == 0) {
            return 0;
        }
        long sum = 0;
        int count = 0;
        for (Object element : elements) {
            if (count == SAMPLE) {
                break;
            }
            sum += of(element, depth - 1);
            count++;
        }
        return count == 0 ? 0 : (long) ((double) sum / count * size);
    }

    /// {@return what it is and how many elements it has, such as `ArrayList with 12 elements`}
    static String described(Object object) {
        String type = object.getClass().getSimpleName();
        int size = switch (object) {
            case Object[] a -> a.length;
            case Collection<?> c when OPEN.contains(c.getClass()) -> c.size();
            case Map<?, ?> m when OPEN.contains(m.getClass()) -> m.size();
            default -> -1;
        };
        return size < 0 ? type : String.format(Locale.ROOT, "%s with %,d elements", type, size);
    }
}
