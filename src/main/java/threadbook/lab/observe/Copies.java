package threadbook.lab.observe;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import threadbook.lab.code.Reached;
import threadbook.lab.thread.Body;
import threadbook.runtime.Copying;

/// A program many times: each copy has the same code and static variables of its own.
///
/// Only where that is certain to make no difference to the program: it captures nothing but values, and all
/// static variables that it can come to are set by the set-up or hold values, locks or arrays of numbers.
final class Copies {
    private static final int MOST = 64;
    private static final Duration LIMIT = Duration.ofMillis(300);

    /// The program or a variable cannot be copied.
    private static final class NoCopy extends Exception {
        private static final long serialVersionUID = 1;

        NoCopy(String why) {
            super(why, null, false, false);
        }
    }

    private final ClassLoader program;
    private final Trial trial;
    private final Set<Field> fields;

    private Copies(ClassLoader program, Trial trial, Set<Field> fields) {
        this.program = program;
        this.trial = trial;
        this.fields = fields;
    }

    /// {@return copies of a program}; the program itself, alone, if it cannot be copied
    ///
    /// @throws Exception  what the set-up throws
    static List<Trial> of(Trial trial) throws Exception {
        ClassLoader program = trial.bodies().getFirst().getClass().getClassLoader();
        if (program == null || Copying.current().copy(program).isEmpty()) {
            return List.of(trial);
        }
        try {
            var reached = new Reached(program);
            for (Object lambda : lambdas(trial)) {
                SerializedLambda code = code(lambda);
                reached.from(code.getImplClass(), code.getImplMethodName(), code.getImplMethodSignature());
            }
            return new Copies(program, trial, reached.fields()).all();
        } catch (NoCopy _) {
            return List.of(trial);
        }
    }

    private static List<Object> lambdas(Trial trial) {
        var all = new ArrayList<Object>(trial.bodies());
        all.add(trial.setup());
        all.add(trial.outcome());
        return all;
    }

    private List<Trial> all() throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        var copies = new ArrayList<Trial>();
        while (copies.size() < MOST && System.nanoTime() - deadline < 0) {
            copies.add(copy());
        }
        return copies;
    }

    private Trial copy() throws Exception {
        ClassLoader loader = Copying.current().copy(program).orElseThrow();
        var bodies = new ArrayList<Body>();
        for (Body body : trial.bodies()) {
            bodies.add((Body) again(body, loader));
        }
        var copy = new Trial((Body) again(trial.setup(), loader), trial.names(), bodies, (Callable<?>)
                again(trial.outcome(), loader));
        var missing = new ArrayList<Field>();
        var known = new IdentityHashMap<Object, Object>(); // what two variables share they share in the copy
        for (Field original : constantsFirst()) {
            original.setAccessible(true);
            Field field = Class.forName(original.getDeclaringClass().getName(), true, loader)
                    .getDeclaredField(original.getName());
            field.setAccessible(true);
            if (Modifier.isFinal(field.getModifiers())) {
                constant(original.get(null), field.get(null), known);
            } else if (!variable(original.get(null), field, known)) {
                missing.add(field);
            }
        }
        try {
            copy.setup().run();
        } catch (Exception | LinkageError | AssertionError _) { // it shall throw where it is told to the student
            throw new NoCopy("the set-up fails in a copy");
        }
        for (Field field : missing) {
            if (field.get(null) == null) {
                throw new NoCopy("the set-up does not make " + field);
            }
        }
        return copy;
    }

    private List<Field> constantsFirst() {
        return fields.stream()
                .sorted(Comparator.comparing(field -> !Modifier.isFinal(field.getModifiers())))
                .toList();
    }

    /// Makes sure that a constant is in the copy what it is in the program.
    private static void constant(@Nullable Object original, @Nullable Object own, IdentityHashMap<Object, Object> known)
            throws NoCopy {
        boolean same = Objects.equals(original, own) && isValue(original);
        boolean alike = original != null && own != null && isLock(original) && isLock(own);
        if (!same && (!alike || known.containsKey(original))) {
            throw new NoCopy("a constant holds an object that may have changed");
        }
        if (alike) {
            known.put(original, own);
        }
    }

    private static boolean isLock(Object object) {
        return object.getClass() == Object.class
                || object instanceof ReentrantLock lock && lock.getClass() == ReentrantLock.class && !lock.isLocked();
    }

    /// {@return whether a variable of the copy now holds what the program's does}; if not, it holds nothing
    private static boolean variable(@Nullable Object original, Field own, IdentityHashMap<Object, Object> known)
            throws IllegalAccessException {
        Object copied =
                original == null ? null : known.containsKey(original) ? known.get(original) : Copies.copied(original);
        own.set(null, copied);
        if (copied != null) {
            known.put(original, copied);
        }
        return copied != null || original == null;
    }

    /// {@return the lambda in the copied classes}
    private static Object again(Object lambda, ClassLoader loader) throws NoCopy, ReflectiveOperationException {
        SerializedLambda code = code(lambda);
        Method maker = Class.forName(code.getCapturingClass().replace('/', '.'), true, loader)
                .getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
        maker.setAccessible(true);
        return maker.invoke(null, code);
    }

    private static SerializedLambda code(Object lambda) throws NoCopy {
        try {
            Method method = lambda.getClass().getDeclaredMethod("writeReplace");
            method.setAccessible(true);
            if (method.invoke(lambda) instanceof SerializedLambda code) {
                for (int i = 0; i < code.getCapturedArgCount(); i++) {
                    if (!isValue(code.getCapturedArg(i))) {
                        throw new NoCopy("it captures an object");
                    }
                }
                return code;
            }
        } catch (ReflectiveOperationException _) {
            // no lambda
        }
        throw new NoCopy("no lambda");
    }

    private static boolean isValue(@Nullable Object object) {
        return object == null
                || object instanceof String
                || object instanceof Boolean
                || object instanceof Character
                || object instanceof Number && object.getClass().getName().startsWith("java.lang.");
    }

    /// {@return another object like this one that shares nothing with it that can change}; null if there is none
    private static @Nullable Object copied(Object object) {
        if (isValue(object)) {
            return object;
        }
        if (object.getClass().isArray() && object.getClass().getComponentType().isPrimitive()) {
            int length = Array.getLength(object);
            Object copy = Array.newInstance(object.getClass().getComponentType(), length);
            System.arraycopy(object, 0, copy, 0, length);
            return copy;
        }
        if (object instanceof ReentrantLock lock && object.getClass() == ReentrantLock.class) {
            return lock.isLocked() ? null : new ReentrantLock(lock.isFair());
        }
        if (object instanceof Semaphore semaphore && object.getClass() == Semaphore.class) {
            return new Semaphore(semaphore.availablePermits(), semaphore.isFair());
        }
        return switch (object) {
            case AtomicInteger number -> new AtomicInteger(number.get());
            case AtomicLong number -> new AtomicLong(number.get());
            case AtomicBoolean flag -> new AtomicBoolean(flag.get());
            default -> object.getClass() == Object.class ? new Object() : null;
        };
    }
}
