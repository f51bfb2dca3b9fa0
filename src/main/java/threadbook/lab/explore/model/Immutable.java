package threadbook.lab.explore.model;

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Tells the objects that nobody can change, and that wait for nobody.
final class Immutable {
    private Immutable() {}

    static boolean is(Object object) {
        Class<?> type = object.getClass();
        String name = type.getName();
        return object instanceof String
                || object instanceof Number && name.startsWith("java.lang.")
                || object instanceof Boolean
                || object instanceof Character
                || object instanceof BigInteger
                || object instanceof BigDecimal
                || object instanceof Enum<?>
                || object instanceof Throwable
                || object instanceof AnnotatedElement
                || name.startsWith("java.time.")
                || name.startsWith("java.util.Optional")
                || name.startsWith("java.util.ImmutableCollections")
                || name.startsWith("java.util.regex.Pattern")
                || name.equals("java.util.UUID")
                || name.equals("java.util.Locale")
                || type.isRecord() && name.startsWith("java.")
                || type.isHidden(); // a lambda
    }
}
