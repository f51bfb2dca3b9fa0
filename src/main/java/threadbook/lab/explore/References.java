package threadbook.lab.explore;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import threadbook.lab.explore.model.Models;
import threadbook.lab.thread.Body;

/// Finds bodies that are references to methods of the JDK, such as `lock::lock`: the explorer would not see
/// the call.
final class References {
    private References() {}

    /// @throws IllegalArgumentException  if the body is a reference to a method that is not the program's
    static void require(String what, Body body) {
        if (!body.getClass().isSynthetic()) {
            return;
        }
        Models.hiddenIn(body).ifPresent(reference -> {
            throw new IllegalArgumentException("""
                    %s uses the method reference %s, whose call the explorer cannot see.
                    Write a lambda instead, as in () -> lock.lock().""".formatted(what, reference));
        });
        try {
            Method method = body.getClass().getDeclaredMethod("writeReplace");
            method.setAccessible(true);
            if (method.invoke(body) instanceof SerializedLambda lambda
                    && (lambda.getImplClass().startsWith("java/")
                            || lambda.getImplClass().startsWith("threadbook/lab/thread/"))) {
                String owner =
                        lambda.getImplClass().substring(lambda.getImplClass().lastIndexOf('/') + 1);
                throw new IllegalArgumentException("""
                        %s is the method reference …::%s of %s, whose call the explorer cannot see.
                        Write a lambda: () -> ….%2$s(…).""".formatted(what, lambda.getImplMethodName(), owner));
            }
        } catch (NoSuchMethodException _) {
            // no lambda
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the lambda of " + what + " does not tell what it calls", e);
        }
    }
}
