package threadbook.lab.explore.engine;

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

/// All locations that a program touches, and which of them threads share.
///
/// Belongs to one exploration. Whoever runs the program's current step may call it, nobody else.
public final class Locations {
    /// What is known of a place that accesses a field.
    ///
    /// @param member  number of the field
    /// @param always  its location if it is static
    private record Place(Field field, int member, @Nullable Location always) {}

    private static final long ELEMENTS = 1L << 31; // above all ids of fields
    private static final long WHOLE = (1L << 32) - 1;
    private static final long CONTENTS = WHOLE - 1;
    private static final int LIFE = 2000;
    private static final int PARKING = 1000; // above all ids of threads

    private final ProgramThreads current;
    private final Identities objects;
    private final Memory memory = new Memory();
    private final List<Location> all = new ArrayList<>();
    private final Map<Field, Integer> fields = new HashMap<>();
    private final Map<Field, Location> statics = new HashMap<>();
    private final Map<Long, Location> members = new HashMap<>(); // by the object's number and the member's
    private final Map<Integer, Location> threads = new HashMap<>();
    private final Map<AccessSite, Place> places = new IdentityHashMap<>();
    private final Location nowhere = add("null", null, -1);
    private boolean everything; // each access is a step, whether threads share the location or not
    private boolean discovered;

    /// @param program  the loader of the classes that are woven
    /// @param current  tells which thread touches them
    Locations(@Nullable ClassLoader program, ProgramThreads current) {
        objects = new Identities(program);
        this.current = current;
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
        memory.begin();
        objects.begin();
        for (Location location : all) {
            location.version = 0;
        }
    }

    /// {@return the location of the field that the code names at a place}
    Location field(@Nullable Object target, AccessSite site) {
        Place place = places.computeIfAbsent(site, this::place);
        if (place.always != null) {
            return place.always;
        }
        if (target == null) { // the code is about to throw NullPointerException
            return nowhere;
        }
        long key = (long) objects.number(target, site, current.current().id) << 32 | place.member;
        Location known = members.get(key);
        if (known == null) {
            known = add(place.field.getName(), place.field, -1);
            members.put(key, known);
        }
        return known;
    }

    /// {@return the location of a field of an object, or of a static one}
    public Location field(Field field, @Nullable Object target, AccessSite site) {
        int member = fields.computeIfAbsent(field, _ -> fields.size());
        if (Modifier.isStatic(field.getModifiers())) {
            return statics.computeIfAbsent(field, f -> add(f.getName(), f, -1));
        }
        if (target == null) {
            return nowhere;
        }
        long key = (long) objects.number(target, site, current.current().id) << 32 | member;
        return members.computeIfAbsent(key, _ -> add(field.getName(), field, -1));
    }

    /// {@return the location that stands for whether a thread lives}
    public Location lifeOf(ProgramThread thread) {
        return lifeOf(thread.id);
    }

    Location lifeOf(int thread) {
        return threads.computeIfAbsent(LIFE + thread, _ -> add("life of thread " + thread, null, -1));
    }

    /// {@return the location of a thread's permit to go on after `LockSupport.park`}
    public Location parkingOf(ProgramThread thread) {
        return threads.computeIfAbsent(PARKING + thread.id, _ -> add("permit of thread " + thread.id, null, -1));
    }

    /// {@return the location that stands for how many threads have woken up without a reason}
    Location spurious() {
        return threads.computeIfAbsent(ProgramThread.OUTSIDE, _ -> add("wake-ups", null, -1));
    }

    private Place place(AccessSite site) {
        Field field = Memory.find(site);
        boolean isStatic = Modifier.isStatic(field.getModifiers());
        return new Place(
                field,
                fields.computeIfAbsent(field, _ -> fields.size()),
                isStatic ? statics.computeIfAbsent(field, f -> add(f.getName(), f, -1)) : null);
    }

    /// {@return the location of an element of an array}
    public Location element(Object array, int index, AccessSite site) {
        long key = (long) objects.number(array, site, current.current().id) << 32 | ELEMENTS | index;
        return members.computeIfAbsent(key, _ -> add("[" + index + "]", null, index));
    }

    /// {@return the location that stands for what an object holds}, another one than for its monitor
    public Location contents(Object object, AccessSite site) {
        long key = (long) objects.number(object, site, current.current().id) << 32 | CONTENTS;
        return members.computeIfAbsent(key, _ -> add(object.getClass().getSimpleName(), null, -1));
    }

    /// {@return the location that stands for an object as a whole}
    public Location object(Object object, AccessSite site) {
        long key = (long) objects.number(object, site, current.current().id) << 32 | WHOLE;
        return members.computeIfAbsent(key, _ -> add(object.getClass().getSimpleName(), null, -1));
    }

    /// {@return the location that stands for whether a thread is interrupted}
    public Location interruptOf(ProgramThread thread) {
        return threads.computeIfAbsent(thread.id, id -> add("thread " + id, null, -1));
    }

    private Location add(String name, @Nullable Field field, int index) {
        Location location = new Location(all.size(), name, field, index);
        all.add(location);
        return location;
    }

    /// Notes that the current thread touches a location.
    ///
    /// @return whether threads share it, so that touching it is a step
    public boolean touch(Location location, boolean write) {
        ProgramThread thread = current.current();
        if (thread == current.outside()) {
            return false;
        }
        if (location.touch(thread.id, write)) {
            discovered = true;
        }
        return location.shared || everything;
    }

    /// Makes every access a step, or only those of locations that threads share.
    void everyAccess(boolean all) {
        everything = all;
    }

    boolean everyAccess() {
        return everything;
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
        boolean was = discovered | objects.takeDiscovered();
        discovered = false;
        return was;
    }

    /// {@return whether an object was there before this schedule began, as far as is known}
    public boolean lasts(Object object) {
        return objects.lasts(object);
    }

    /// {@return whether an object was seen before, in this schedule or an earlier one}
    boolean knows(Object object) {
        return objects.knows(object);
    }

    /// Keeps what a location holds, to be put back after this schedule; to be called before it is changed.
    public void keep(Location location, @Nullable Object target) {
        memory.keep(location, target);
    }

    /// Puts back what the locations held before this schedule.
    void restore() {
        memory.restore();
    }

    /// The set-up has run: what it has put into variables gets its name before any thread touches it.
    void nameNew() {
        objects.nameNew(memory.written());
    }

    /// {@return the static fields that the program has used}
    Set<Field> statics() {
        return statics.keySet();
    }
}
