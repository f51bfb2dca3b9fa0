package threadbook.lab.explore.engine;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// All locations that a program touches, which of them threads share, and what they held before.
///
/// Belongs to one exploration. Whoever runs the program's current step may call it, nobody else.
public final class Locations {
    /// Who touched an object first, and where: what it is recognised by in other schedules.
    private record Origin(int thread, int site, int occurrence) {}

    /// What is known of a place that accesses a field.
    ///
    /// @param member  number of the field
    /// @param always  its location if it is static
    private record Place(
            int number, Field field, int member, @Nullable Location always) {}

    private record Kept(
            Location location,
            @Nullable Object target,
            @Nullable Object value) {}

    private static final long ELEMENTS = 1L << 31; // above all ids of fields
    private static final long WHOLE = (1L << 32) - 1;
    private static final long CONTENTS = WHOLE - 1;
    private static final int LIFE = 2000;
    private static final int PARKING = 1000; // above all ids of threads
    private static final int REMEMBERED = 10_000; // objects, to recognise them in later schedules
    private static final int SET_UP = -1; // the place of objects that are reached from what the set-up has written
    private static final int DEPTH = 4; // how far such objects are followed

    private final @Nullable ClassLoader program;
    private final List<Location> all = new ArrayList<>();
    private final Map<Field, Integer> fields = new HashMap<>();
    private final Map<Field, Location> statics = new HashMap<>();
    private final Map<Long, Location> members = new HashMap<>(); // by the object's number and the member's
    private final Map<Integer, Location> threads = new HashMap<>();
    private final Map<Origin, Integer> objects = new HashMap<>();
    private final Map<AccessSite, Place> places = new IdentityHashMap<>();
    private final Map<AccessSite, Integer> numbersOfSites = new HashMap<>();
    private final Location nowhere = add("null", null, -1);

    // Objects that outlast a schedule have a number of their own, whoever touches them first.
    private final IdentityHashMap<Object, Integer> lasting = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Boolean> met = new IdentityHashMap<>(); // in earlier schedules
    private int named; // how many numbers of objects were given

    private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>(); // of this schedule
    private final Map<Long, Integer> occurrences = new HashMap<>(); // of this schedule
    private final List<Kept> kept = new ArrayList<>(); // of this schedule
    private int schedule;
    private boolean discovered;

    /// @param program  the loader of the classes that are woven
    Locations(@Nullable ClassLoader program) {
        this.program = program;
    }

    /// {@return the location of that id}
    public Location of(int id) {
        return all.get(id);
    }

    int size() {
        return all.size();
    }

    /// Begins another schedule.
    void begin() {
        schedule++;
        if (met.size() > REMEMBERED) {
            met.clear();
        }
        for (Object object : numbers.keySet()) {
            if (!lasting.containsKey(object)) {
                met.put(object, true);
            }
        }
        numbers.clear();
        occurrences.clear();
        for (Location location : all) {
            location.version = 0;
        }
    }

    /// {@return the location of the field that the code names at a place}
    Location field(@Nullable Object target, AccessSite site, int thread) {
        Place place = places.computeIfAbsent(site, this::place);
        if (place.always != null) {
            return place.always;
        }
        if (target == null) { // the code is about to throw NullPointerException
            return nowhere;
        }
        long key = (long) number(target, site, thread) << 32 | place.member;
        Location known = members.get(key);
        if (known == null) {
            known = add(place.field.getName(), place.field, -1);
            members.put(key, known);
        }
        return known;
    }

    /// {@return the location of a field}
    Location field(Field field, @Nullable Object target, AccessSite site, int thread) {
        int member = fields.computeIfAbsent(field, _ -> fields.size());
        if (Modifier.isStatic(field.getModifiers())) {
            return statics.computeIfAbsent(field, f -> add(f.getName(), f, -1));
        }
        if (target == null) {
            return nowhere;
        }
        long key = (long) number(target, site, thread) << 32 | member;
        return members.computeIfAbsent(key, _ -> add(field.getName(), field, -1));
    }

    /// {@return the location that stands for whether a thread lives}
    Location lifeOf(int thread) {
        return threads.computeIfAbsent(LIFE + thread, _ -> add("life of thread " + thread, null, -1));
    }

    /// {@return the location of a thread's permit to go on}
    Location parkingOf(int thread) {
        return threads.computeIfAbsent(PARKING + thread, _ -> add("permit of thread " + thread, null, -1));
    }

    /// {@return the location that stands for how many threads have woken up without a reason}
    Location spurious() {
        return threads.computeIfAbsent(ProgramThread.OUTSIDE, _ -> add("wake-ups", null, -1));
    }

    /// {@return whether an object was seen before, in this schedule or an earlier one}
    boolean knows(Object object) {
        return numbers.containsKey(object) || lasts(object);
    }

    /// {@return whether an object was seen in an earlier schedule}
    boolean lasts(Object object) {
        return lasting.containsKey(object) || met.containsKey(object);
    }

    private Place place(AccessSite site) {
        Field field = find(site);
        boolean isStatic = Modifier.isStatic(field.getModifiers());
        return new Place(
                places.size(),
                field,
                fields.computeIfAbsent(field, _ -> fields.size()),
                isStatic ? statics.computeIfAbsent(field, f -> add(f.getName(), f, -1)) : null);
    }

    Location element(Object array, int index, AccessSite site, int thread) {
        long key = (long) number(array, site, thread) << 32 | ELEMENTS | index;
        return members.computeIfAbsent(key, _ -> add("[" + index + "]", null, index));
    }

    /// {@return the location that stands for what an object holds}
    Location contents(Object object, AccessSite site, int thread) {
        long key = (long) number(object, site, thread) << 32 | CONTENTS;
        return members.computeIfAbsent(key, _ -> add(object.getClass().getSimpleName(), null, -1));
    }

    /// {@return the location that stands for an object as a whole}
    Location object(Object object, AccessSite site, int thread) {
        long key = (long) number(object, site, thread) << 32 | WHOLE;
        return members.computeIfAbsent(key, _ -> add(object.getClass().getSimpleName(), null, -1));
    }

    /// {@return the location that stands for a thread of the program, which others interrupt}
    Location ofThread(int thread) {
        return threads.computeIfAbsent(thread, id -> add("thread " + id, null, -1));
    }

    private Location add(String name, @Nullable Field field, int index) {
        Location location = new Location(all.size(), name, field, index);
        all.add(location);
        return location;
    }

    private int number(Object object, AccessSite site, int thread) {
        Integer known = numbers.get(object);
        if (known == null) {
            known = lasting(object);
            if (known == null) {
                int place = numbersOfSites.computeIfAbsent(site, _ -> numbersOfSites.size());
                known = numberOf(thread, place);
            }
            numbers.put(object, known);
        }
        return known;
    }

    private Integer numberOf(int thread, int place) {
        int occurrence = occurrences.merge((long) thread << 32 | place, 1, Integer::sum);
        return objects.computeIfAbsent(new Origin(thread, place, occurrence), _ -> named++);
    }

    private @Nullable Integer lasting(Object object) {
        Integer known = lasting.get(object);
        if (known == null && met.containsKey(object)) {
            known = named++;
            lasting.put(object, known);
            discovered = true; // it had another number before
        }
        return known;
    }

    /// Names the objects that the set-up has just put into variables, before any thread touches them: so
    /// their names do not depend on who does first.
    void nameNew() {
        for (int i = 0; i < kept.size(); i++) {
            Kept one = kept.get(i);
            if (one.location.field == null || !one.location.field.getType().isPrimitive()) {
                nameNew(value(one.location, one.target), 0);
            }
        }
    }

    private void nameNew(@Nullable Object object, int depth) {
        if (object == null || object instanceof String || object instanceof Number || numbers.containsKey(object)) {
            return;
        }
        Integer known = lasting(object);
        numbers.put(object, known != null ? known : numberOf(ProgramThread.OUTSIDE, SET_UP));
        if (depth == DEPTH) {
            return;
        }
        if (object instanceof Object[] elements) {
            for (Object element : elements) {
                nameNew(element, depth + 1);
            }
        } else if (object.getClass().getClassLoader() == program) {
            for (Field field : references.get(object.getClass())) {
                nameNew(value(field, object), depth + 1);
            }
        }
    }

    private final ClassValue<List<Field>> references = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            var found = new ArrayList<Field>();
            for (Class<?> each = type; each != null && each.getClassLoader() == program; each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()
                            && !each.isHidden()) {
                        field.setAccessible(true);
                        found.add(field);
                    }
                }
            }
            return found;
        }
    };

    /// Notes that a thread of the program touches a location.
    void touch(Location location, int thread, boolean write) {
        if (thread != ProgramThread.OUTSIDE && location.touch(thread, write)) {
            discovered = true;
        }
    }

    /// {@return whether a loop seems to wait for a location, which from now on counts as shared}
    boolean suspect(Location location, ProgramThread thread) {
        if (thread.suspicious) {
            location.shared = true;
            discovered = true;
        }
        return thread.suspicious;
    }

    /// {@return whether since the last question a location turned out to be shared}
    boolean takeDiscovered() {
        boolean was = discovered;
        discovered = false;
        return was;
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

    /// {@return the static fields that the program has used}
    Set<Field> statics() {
        return statics.keySet();
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
