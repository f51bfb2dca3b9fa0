package threadbook.lab.process.travel;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.Result;

/// A lambda without parameters on its way to another process: which method it runs, and with which captured values.
///
/// In the place of the JDK's own form, whose array makes the other JVM compute a hash over a class, and for which it
/// has to link the place where the lambda stands in the code; together that is a fifth of a cold start.
///
/// @param captured  the captured values, which may be null
public record LambdaCode(
        String owner, String method, String descriptor, boolean returns, List<@Nullable Object> captured)
        implements Serializable {

    /// {@return what the JDK writes for a lambda}, empty for any other object
    static Optional<SerializedLambda> serialized(Object lambda) {
        try {
            Method replacing = lambda.getClass().getDeclaredMethod("writeReplace");
            replacing.setAccessible(true);
            return replacing.invoke(lambda) instanceof SerializedLambda code ? Optional.of(code) : Optional.empty();
        } catch (NoSuchMethodException _) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a lambda does not tell what it calls", e);
        }
    }

    /// {@return the lambda in this form}, empty if it is of another kind
    static Optional<LambdaCode> of(SerializedLambda lambda) {
        String type = lambda.getFunctionalInterfaceClass().replace('/', '.');
        boolean returns = type.equals(Result.class.getName());
        if (lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic
                || !lambda.getImplMethodName().startsWith("lambda$")
                || !(returns || type.equals(Body.class.getName()))) {
            return Optional.empty();
        }
        var captured = new ArrayList<@Nullable Object>();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            captured.add(lambda.getCapturedArg(i));
        }
        return Optional.of(new LambdaCode(
                lambda.getImplClass().replace('/', '.'),
                lambda.getImplMethodName(),
                lambda.getImplMethodSignature(),
                returns,
                captured));
    }

    /// {@return the lambda, as a body that calls its method}
    @SuppressWarnings("NullAway") // what the lambda returns is its own affair, null included
    Serializable body(ClassLoader loader) throws ReflectiveOperationException {
        MethodType type = MethodType.fromMethodDescriptorString(descriptor, loader);
        Method found = Class.forName(owner, true, loader).getDeclaredMethod(method, type.parameterArray());
        found.setAccessible(true);
        Result<Object> result = () -> call(found);
        return returns ? result : (Body) () -> call(found);
    }

    private @Nullable Object call(Method found) throws Exception {
        try {
            return found.invoke(null, captured.toArray());
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case Exception thrown -> throw thrown;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }
}
