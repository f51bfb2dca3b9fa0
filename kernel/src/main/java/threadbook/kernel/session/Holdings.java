package threadbook.kernel.session;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import threadbook.kernel.cell.Cell;

/// What the variables of all cells keep in memory, looked at when the heap is full.
///
/// A variable that was declared anew lives on in its old class, because threads and lambdas of older
/// cells may use it. That is right while there is memory; when there is none the older value is let go.
///
/// @param wrappers  the loaded classes that JShell put cells' variables in, with their cells
/// @param current   the names of those that the newest declarations are in
record Holdings(Map<Class<?>, Cell> wrappers, Set<String> current) {
    private static final int SHARE = 8; // a variable is named that holds an eighth of the heap
    private static final int NAMED = 3;

    /// @param bytes  about
    private record Holder(String variable, int cell, long bytes, String what) {}

    /// Lets go what nobody can name any more.
    ///
    /// @return what fills the heap, as far as it can be told, a line each
    List<String> report() {
        var freed = new TreeSet<String>();
        var holders = new ArrayList<Holder>();
        wrappers.forEach((wrapper, cell) -> {
            for (Field field : wrapper.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    look(field, cell, freed, holders);
                }
            }
        });
        var lines = new ArrayList<String>();
        holders.stream()
                .sorted(Comparator.comparingLong(Holder::bytes).reversed())
                .limit(NAMED)
                .forEach(holder -> lines.add("The variable `%s` of cell %s holds about %s (%s): `%s = null` frees it."
                        .formatted(
                                holder.variable,
                                holder.cell,
                                Exhaustion.megabytes(holder.bytes),
                                holder.what,
                                holder.variable)));
        if (!freed.isEmpty()) {
            lines.add("To make room, older values of variables that were declared anew have been let go: "
                    + String.join(", ", freed) + ". Run the cell again if it now fits.");
        }
        return lines;
    }

    /// Sets a variable to null.
    ///
    /// @return false if there is none of this name that holds an object
    boolean free(String variable) {
        for (Class<?> wrapper : wrappers.keySet()) {
            if (current.contains(wrapper.getName())) {
                for (Field field : wrapper.getDeclaredFields()) {
                    if (field.getName().equals(variable) && clear(field)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean clear(Field field) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers)
                || Modifier.isFinal(modifiers)
                || field.getType().isPrimitive()) {
            return false;
        }
        try {
            field.setAccessible(true);
            field.set(null, null);
            return true;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " was made accessible but is not", e);
        }
    }

    private void look(Field field, Cell cell, Set<String> freed, List<Holder> holders) {
        try {
            field.setAccessible(true);
            Object value = field.get(null);
            if (value == null) {
                return;
            }
            boolean heavy = Weight.of(value) > Runtime.getRuntime().maxMemory() / SHARE;
            if (current.contains(field.getDeclaringClass().getName())) {
                if (heavy) {
                    holders.add(new Holder(field.getName(), cell.number(), Weight.of(value), Weight.described(value)));
                }
            } else if (!Modifier.isFinal(field.getModifiers())) {
                field.set(null, null);
                freed.add(field.getName());
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " was made accessible but is not", e);
        }
    }
}
