package threadbook.lab.process.travel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import threadbook.lab.code.Named;
import threadbook.lab.code.Reached;
import threadbook.runtime.Carrying;

/// All that a lambda needs to run in another process: itself with what it captures, the values that the static
/// variables which its code can come to hold at this moment, and the classes of all that.
///
/// @param classes  the classes that the other process does not find by itself, by their names with dots
/// @param values   the lambda and the variables, for [Unpacked#of]
// Arrays in a record: compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
public record Luggage(Map<String, byte[]> classes, byte[] values) {

    public Luggage {
        classes = Map.copyOf(classes);
    }

    /// Packs a lambda as it is.
    public static Luggage of(String what, Serializable lambda) {
        return of(what, lambda, lambda);
    }

    /// Packs a lambda in what runs it.
    ///
    /// @param whole  goes to the other process; holds the lambda
    /// @param what  what it is, for messages, as in `The process p1`
    /// @throws CannotTravelException  if it captures a value, or a variable holds one, that cannot be written; it
    ///                                is named
    public static Luggage of(String what, Serializable lambda, Serializable whole) {
        try {
            return new Packing(what, lambda, whole).pack();
        } catch (IOException e) {
            throw new IllegalStateException("an array of bytes refused to be written", e);
        }
    }

    private static final class Packing {
        private final String what;
        private final Serializable whole;
        private final Optional<ClassLoader> program; // empty: all is on the class path
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final ValueOutput out = new ValueOutput(bytes);
        private final Set<Class<?>> objects = new HashSet<>();
        private final Set<Field> written = new HashSet<>();

        Packing(String what, Serializable lambda, Serializable whole) throws IOException {
            this.what = what;
            this.whole = whole;
            Class<?> type = lambda.getClass();
            String outermost = type.getName().replaceFirst("(\\$\\$Lambda|/).*", "");
            program = Optional.ofNullable(type.getClassLoader())
                    .filter(loader ->
                            Carrying.current().bytes(loader, outermost).isPresent());
        }

        Luggage pack() throws IOException {
            List<SerializedLambda> known = writeWhole();
            if (program.isEmpty()) {
                out.writeBoolean(false);
                out.flush();
                return new Luggage(Map.of(), bytes.toByteArray());
            }
            var reached = new Reached(program.get());
            var named = new Named(program.get());
            boolean more = true;
            follow(known, reached, named);
            while (more) {
                follow(out.takeLambdas(), reached, named);
                more = false;
                for (Field field : Set.copyOf(reached.fields())) {
                    more |= carry(field);
                }
            }
            out.writeBoolean(false);
            out.flush();
            reached.fields().forEach(field -> named.from(internal(field.getDeclaringClass())));
            return new Luggage(bytes(named, program.get()), bytes.toByteArray());
        }

        /// {@return the lambda that was written in a form of ours}, of which the stream tells nothing
        private List<SerializedLambda> writeWhole() {
            Optional<SerializedLambda> serialized = LambdaCode.serialized(whole);
            Optional<LambdaCode> code = serialized.flatMap(LambdaCode::of);
            write(what, code.isPresent() ? code.get() : whole);
            return code.isPresent() ? serialized.stream().toList() : List.of();
        }

        /// Goes into the code of what was written last.
        private void follow(List<SerializedLambda> lambdas, Reached reached, Named named) {
            for (SerializedLambda each : lambdas) {
                named.from(each.getCapturingClass());
                named.from(each.getImplClass());
                reached.from(each.getImplClass(), each.getImplMethodName(), each.getImplMethodSignature());
            }
            for (Class<?> each : out.takeClasses()) {
                if (objects.add(each) && each.getClassLoader() == program.get()) {
                    named.from(internal(each));
                    reached.from(each);
                }
            }
        }

        /// {@return whether the variable is a new one that can be assigned}
        private boolean carry(Field field) throws IOException {
            if (Modifier.isFinal(field.getModifiers()) || field.isSynthetic() || !written.add(field)) {
                return false;
            }
            out.writeBoolean(true);
            out.writeUTF(field.getDeclaringClass().getName());
            out.writeUTF(field.getName());
            write("The variable " + field.getName(), value(field));
            return true;
        }

        private static Object value(Field field) {
            try {
                field.setAccessible(true);
                return field.get(null);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(field + " was made accessible but is not", e);
            }
        }

        private void write(String whose, Object value) {
            try {
                out.writeObject(value);
            } catch (IOException | RuntimeException e) { // a class's own writeObject may throw anything
                throw CannotTravelException.of(whose, value, e);
            }
        }

        private static String internal(Class<?> type) {
            return type.getName().replace('.', '/');
        }

        private static Map<String, byte[]> bytes(Named named, ClassLoader program) {
            Map<String, byte[]> classes = new LinkedHashMap<>();
            for (String name : named.names()) {
                String dotted = name.replace('/', '.');
                Carrying.current().bytes(program, dotted).ifPresent(bytes -> classes.put(dotted, bytes));
            }
            return classes;
        }
    }
}
