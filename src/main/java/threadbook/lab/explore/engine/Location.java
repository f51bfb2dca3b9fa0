package threadbook.lab.explore.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/// Something that threads may share: a field of a class or of an object, an element of an array, or
/// an object as a whole, such as a lock.
///
/// The same one in every schedule. Objects are recognised by who touched them first, and where.
public final class Location {
    final int id;
    final String name;
    final @Nullable Field field; // null for an element or an object
    final int index; // of an element, -1 for anything else
    final boolean mayRefer; // it is a field that may hold a lambda or a method reference
    final int[] readPrint;
    final int[] writePrint;
    private long touchedBy; // bits of thread ids, over all schedules
    private long writtenBy;
    boolean shared;
    long version; // how often it was written in this schedule
    int undone = -1; // the schedule in which its old value was last kept

    Location(int id, String name, @Nullable Field field, int index) {
        this.id = id;
        this.name = name;
        this.field = field;
        this.index = index;
        mayRefer = field != null && (field.getType().isInterface() || field.getType() == Object.class);
        readPrint = new int[] {id << 1};
        writePrint = new int[] {id << 1 | 1};
    }

    public int id() {
        return id;
    }

    public String name() {
        return name;
    }

    /// {@return whether the Java memory model orders its accesses}
    public boolean isVolatile() {
        return field != null && Modifier.isVolatile(field.getModifiers());
    }

    /// Notes that a thread has touched it.
    ///
    /// @return whether only now it is known to be shared
    boolean touch(int thread, boolean write) {
        long bit = 1L << thread;
        if (shared || (touchedBy & bit) != 0 && (!write || (writtenBy & bit) != 0)) {
            return false;
        }
        touchedBy |= bit;
        if (write) {
            writtenBy |= bit;
        }
        shared = writtenBy != 0 && Long.bitCount(touchedBy) > 1;
        return shared;
    }
}
