package threadbook.lab.process.travel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A lambda that has arrived, and the variables that were set for it. Used by one thread.
public final class Unpacked {
    /// Larger values are not compared: that would take longer than most bodies.
    private static final int COMPARED = 1 << 18;

    private final Object lambda;
    private final List<Variable> variables;
    private boolean first = true;

    private record Variable(Field field, @Nullable Object value, byte @Nullable [] content) {}

    private Unpacked(Object lambda, List<Variable> variables) {
        this.lambda = lambda;
        this.variables = List.copyOf(variables);
    }

    /// Reads a lambda and sets the static variables that came with it.
    ///
    /// @param values  of a [Luggage]
    /// @param loader  has its classes
    public static Unpacked of(byte[] values, ClassLoader loader) throws IOException, ReflectiveOperationException {
        try (var in = new ValueInput(new ByteArrayInputStream(values), loader)) {
            Object read = in.readObject();
            Object lambda = read instanceof LambdaCode code ? code.body(loader) : read;
            var variables = new ArrayList<Variable>();
            while (in.readBoolean()) {
                Field field = Class.forName(in.readUTF(), true, loader).getDeclaredField(in.readUTF());
                field.setAccessible(true);
                Object value = in.readObject();
                field.set(null, value);
                variables.add(new Variable(field, value, values.length > COMPARED ? null : content(value)));
            }
            return new Unpacked(lambda, variables);
        }
    }

    /// {@return the lambda}
    public Object lambda() {
        return lambda;
    }

    /// {@return the names of the variables that hold something else than what was sent}; the first time also of
    /// those that hold an object which has changed, which takes longer to see
    public List<String> changed() {
        boolean inside = first;
        first = false;
        return variables.stream()
                .filter(variable -> hasChanged(variable, inside))
                .map(variable -> variable.field.getName())
                .sorted()
                .toList();
    }

    private static boolean hasChanged(Variable variable, boolean inside) {
        try {
            Object now = variable.field.get(null);
            if (variable.field.getType().isPrimitive() ? !Objects.equals(now, variable.value) : now != variable.value) {
                return true;
            }
            return inside && variable.content != null && !Arrays.equals(variable.content, content(now));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(variable.field + " was made accessible but is not", e);
        }
    }

    /// {@return what is in an object}; null for a value, which cannot change, and for what cannot be written
    private static byte @Nullable [] content(@Nullable Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character) {
            return null;
        }
        try {
            return Values.write("A variable", value);
        } catch (CannotTravelException _) { // it has come here, but its new state could not leave
            return null;
        }
    }
}
