package threadbook.lab.explore.model;

import java.util.Hashtable;
import java.util.Set;
import java.util.Vector;

/// What is known of the JDK's classes by their names.
final class Library {
    /// Each call is atomic, and none waits.
    private static final Set<String> CONTAINERS = Set.of(
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentSkipListMap",
            "java.util.concurrent.ConcurrentSkipListSet",
            "java.util.concurrent.ConcurrentLinkedQueue",
            "java.util.concurrent.ConcurrentLinkedDeque",
            "java.util.concurrent.CopyOnWriteArrayList",
            "java.util.concurrent.CopyOnWriteArraySet");

    /// References to their methods hide changes of what threads may share.
    private static final Set<String> CHANGED = Set.of(
            "java.util.List",
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.Collection",
            "java.util.Map",
            "java.util.HashMap",
            "java.util.TreeMap",
            "java.util.Set",
            "java.util.HashSet",
            "java.util.Queue",
            "java.util.Deque",
            "java.util.ArrayDeque",
            "java.util.Vector",
            "java.util.Hashtable",
            "java.lang.StringBuilder",
            "java.lang.StringBuffer",
            "java.util.Iterator");

    /// Of packages that wait: what does not.
    private static final Set<String> QUIET = Set.of(
            "java.io.StringWriter",
            "java.io.StringReader",
            "java.io.PrintWriter",
            "java.io.ByteArrayOutputStream",
            "java.io.ByteArrayInputStream",
            "java.io.IOException",
            "java.io.UncheckedIOException",
            "java.io.Serializable",
            "java.io.PrintStream",
            "java.nio.charset.StandardCharsets");

    private Library() {}

    /// {@return whether each method of a class of `java.util.concurrent` is atomic and none waits}
    static boolean isContainer(String name) {
        return CONTAINERS.contains(enclosing(name));
    }

    /// Whether a class may wait, and no family knows it.
    static boolean unknown(String owner) {
        return owner.startsWith("java.util.concurrent.") || waits(owner);
    }

    /// Whether each method of a class takes the monitor of the object.
    static boolean isSynchronized(Class<?> type) {
        return Vector.class.isAssignableFrom(type)
                || Hashtable.class.isAssignableFrom(type)
                || type == StringBuffer.class
                || type.getName().startsWith("java.util.Collections$Synchronized");
    }

    private static String enclosing(String name) {
        int inner = name.indexOf('$');
        return inner < 0 ? name : name.substring(0, inner);
    }

    /// Classes whose methods wait for something outside of the program, or hide threads.
    static boolean waits(String name) {
        if (QUIET.contains(enclosing(name))) {
            return false;
        }
        return name.startsWith("java.net.")
                || name.startsWith("java.nio.")
                || name.startsWith("java.io.")
                || name.startsWith("sun.")
                || name.startsWith("jdk.")
                || name.startsWith("java.sql.")
                || name.startsWith("javax.")
                || name.startsWith("java.lang.Process")
                || name.startsWith("java.lang.ref.")
                || name.startsWith("java.lang.reflect.")
                || name.equals("java.util.Timer")
                || name.equals("java.util.TimerTask")
                || name.equals("java.util.Scanner")
                || name.equals("java.lang.Shutdown");
    }

    /// Whether calls of the methods of a class must be seen.
    static boolean isSeen(String owner) {
        return owner.equals("java.lang.Thread")
                || owner.equals("java.lang.invoke.VarHandle")
                || owner.equals("java.util.Random")
                || owner.equals("java.lang.Math")
                || owner.startsWith("java.lang.Process")
                || owner.startsWith("java.util.concurrent.")
                || waits(owner)
                || CHANGED.contains(owner)
                || owner.equals("java.lang.Object");
    }
}
