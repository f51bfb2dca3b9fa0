package threadbook.lab.explore.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// Which object of this schedule is which of the earlier ones: each has a number, the same in every schedule.
///
/// One that a schedule makes is recognised by who touched it first, and where; one that outlasts a schedule by
/// itself.
final class Identities {
    /// Who touched an object first, and where: what it is recognised by in other schedules.
    private record Origin(int thread, int site, int occurrence) {}

    private static final int REMEMBERED = 10_000; // objects, to recognise them in later schedules
    private static final int SET_UP = -1; // the place of objects that are reached from what the set-up has written
    private static final int DEPTH = 4; // how far such objects are followed

    private final @Nullable ClassLoader program;
    private final Map<Origin, Integer> objects = new HashMap<>();
    private final Map<AccessSite, Integer> sites = new HashMap<>();
    private final IdentityHashMap<Object, Integer> lasting = new IdentityHashMap<>(); // whoever touches them first
    private final IdentityHashMap<Object, Boolean> met = new IdentityHashMap<>(); // in earlier schedules
    private int named; // how many numbers were given
    private boolean discovered;

    // Of the current schedule:
    private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();
    private final Map<Long, Integer> occurrences = new HashMap<>();

    /// @param program  the loader of the classes that are woven
    Identities(@Nullable ClassLoader program) {
        this.program = program;
    }

    /// Begins another schedule.
    void begin() {
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
    }

    /// {@return whether since the last question an object was found to be one that had another number before}
    boolean takeDiscovered() {
        boolean was = discovered;
        discovered = false;
        return was;
    }

    /// {@return the number of an object that a thread touches}
    int number(Object object, AccessSite site, int thread) {
        Integer known = numbers.get(object);
        if (known == null) {
            known = lasting(object);
            if (known == null) {
                int place = sites.computeIfAbsent(site, _ -> sites.size());
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

    /// {@return whether an object was seen before, in this schedule or an earlier one}
    boolean knows(Object object) {
        return numbers.containsKey(object) || lasts(object);
    }

    /// {@return whether an object was seen in an earlier schedule}
    boolean lasts(Object object) {
        return lasting.containsKey(object) || met.containsKey(object);
    }

    /// Names what the set-up has just put into variables, before any thread touches it: so its name does not
    /// depend on who does first.
    void nameNew(List<Object> written) {
        for (Object object : written) {
            nameNew(object, 0);
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
                nameNew(Memory.value(field, object), depth + 1);
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
}
