package threadbook.lab.explore.engine;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// What the program's locations hold: read, kept before a schedule changes it, and put back after it.
final class Memory {
    private record Kept(
            Location location,
            @Nullable Object target,
            @Nullable Object value) {}

    private final List<Kept> kept = new ArrayList<>(); // of the current schedule
    private int schedule;

    /// Begins another schedule.
    void begin() {
        schedule++;
    }

    /// Keeps what a location holds, before it is written for the first time in this schedule.
    void keep(Location location, @Nullable Object target) {
        if (location.undone != schedule && !isFinal(location)) {
            location.undone = schedule;
            kept.add(new Kept(location, target, value(location, target)));
        }
    }

    /// Puts back what the locations held before this schedule.
    void restore() {
        for (int i = kept.size() - 1; i >= 0; i--) {
            Kept one = kept.get(i);
            set(one.location, one.target, one.value);
        }
        kept.clear();
    }

    /// {@return the objects that this schedule has put into variables so far}, in the order of the first writes
    List<Object> written() {
        var found = new ArrayList<Object>();
        for (Kept one : kept) {
            if (one.location.field == null || !one.location.field.getType().isPrimitive()) {
                Object held = value(one.location, one.target);
                if (held != null) {
                    found.add(held);
                }
            }
        }
        return found;
    }

    private static boolean isFinal(Location location) {
        return location.field != null && Modifier.isFinal(location.field.getModifiers());
    }

    /// {@return what a location holds now}
    static @Nullable Object value(Location location, @Nullable Object target) {
        if (location.field == null) {
            return within(location, target) ? Array.get(target, location.index) : null;
        }
        return value(location.field, target);
    }

    /// {@return what a field holds now}
    static @Nullable Object value(Field field, @Nullable Object target) {
        try {
            return field.get(target);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " was made accessible but is not", e);
        }
    }

    /// An index outside of the array is reported by the code itself, right after this.
    private static boolean within(Location location, @Nullable Object array) {
        return array != null && location.index >= 0 && location.index < Array.getLength(array);
    }

    private static void set(Location location, @Nullable Object target, @Nullable Object value) {
        if (location.field == null) {
            if (within(location, target)) {
                Array.set(target, location.index, value);
            }
            return;
        }
        try {
            location.field.set(target, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(location.field + " was made accessible but is not", e);
        }
    }

    /// {@return the field that the code names at a place}
    static Field find(AccessSite site) {
        try {
            Class<?> type = Class.forName(site.owner(), false, site.where().getClassLoader());
            Field field = find(type, site.name());
            if (field != null) {
                if (!site.owner().startsWith("java.")) {
                    field.setAccessible(true);
                }
                return field;
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the class of " + site + " ran but is not found", e);
        }
        throw new IllegalStateException("no field of " + site);
    }

    private static @Nullable Field find(@Nullable Class<?> type, String name) {
        if (type == null) {
            return null;
        }
        for (Field field : type.getDeclaredFields()) {
            if (field.getName().equals(name)) {
                return field;
            }
        }
        for (Class<?> face : type.getInterfaces()) {
            Field field = find(face, name);
            if (field != null) {
                return field;
            }
        }
        return find(type.getSuperclass(), name);
    }
}
