package threadbook.lab.explore.model;

import java.lang.constant.ClassDesc;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Location;

/// `VarHandle`s of fields and of elements: each call is one step on the very location that plain accesses use.
final class Cells {
    private final ClassLoader program;

    Cells(ClassLoader program) {
        this.program = program;
    }

    @Nullable
    Object call(Call call) throws Throwable {
        VarHandle handle = (VarHandle) Objects.requireNonNull(call.receiver());
        Execution execution = call.execution();
        String name = call.name();
        boolean touches = name.startsWith("get") || name.startsWith("set") || name.contains("ompareAnd");
        if (!touches) {
            return call.proceed();
        }
        int coordinates = handle.coordinateTypes().size();
        Object target = coordinates == 0 ? null : call.value(0);
        Location location;
        if (coordinates == 2) {
            location = execution.locations().element(Objects.requireNonNull(target), call.number(1), call.site());
        } else {
            Field field = field(call, handle);
            location = execution.locations().field(field, target, call.site());
        }
        boolean reads = name.equals("get")
                || name.equals("getVolatile")
                || name.equals("getAcquire")
                || name.equals("getOpaque");
        boolean plain = (name.equals("get") || name.equals("set")) && !location.isVolatile();
        execution.locations().touch(location, !reads);
        if (!reads) {
            execution.progress();
            execution.locations().keep(location, target);
        }
        Act act = Act.on(call, location);
        if (reads) {
            act.reading();
        }
        boolean acquires = !plain
                && !name.equals("set")
                && !name.equals("setVolatile")
                && !name.equals("setRelease")
                && !name.contains("Opaque");
        boolean releases = !plain && !reads && !name.contains("Opaque") && !name.endsWith("Acquire");
        if (acquires) {
            act.acquiring();
        }
        if (releases) {
            act.releasing();
        }
        if (plain) {
            act.unordered();
        } else {
            act.besidesPlain();
        }
        return call.perform(act.does(call.unchecked()));
    }

    private Field field(Call call, VarHandle handle) {
        try {
            var description = handle.describeConstable().orElseThrow(call::notModelled);
            Class<?> owner = handle.coordinateTypes().isEmpty()
                    ? owner(((ClassDesc) description.bootstrapArgsList().getFirst()).descriptorString())
                    : handle.coordinateTypes().getFirst();
            for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.getName().equals(description.constantName())
                            && Modifier.isStatic(field.getModifiers())
                                    == handle.coordinateTypes().isEmpty()) {
                        field.setAccessible(true);
                        return field;
                    }
                }
            }
        } catch (ClassNotFoundException _) {
            throw call.notModelled();
        }
        throw call.notModelled();
    }

    /// @param description  the JVM's descriptor of the class
    private Class<?> owner(String description) throws ClassNotFoundException {
        return Class.forName(description.substring(1, description.length() - 1).replace('/', '.'), false, program);
    }
}
