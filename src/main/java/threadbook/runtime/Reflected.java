package threadbook.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.invoke.MethodType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/// What reflection says in woven code about `synchronized` methods, which weaving turns into blocks: it
/// says what was written.
public final class Reflected {
    private Reflected() {}

    /// In the place of [Member#getModifiers].
    public static int modifiers(Member member) {
        int modifiers = member.getModifiers();
        return member instanceof Method method && writtenSynchronized(method)
                ? modifiers | Modifier.SYNCHRONIZED
                : modifiers;
    }

    /// In the place of [Method#toString].
    public static String string(Method method) {
        return withModifiers(method, method.toString());
    }

    /// In the place of [Method#toGenericString].
    public static String genericString(Method method) {
        return withModifiers(method, method.toGenericString());
    }

    private static String withModifiers(Method method, String text) {
        int loaded = method.getModifiers();
        int written = modifiers(method);
        if (loaded == written) {
            return text;
        }
        String before = Modifier.toString(loaded & Modifier.methodModifiers());
        String rest = text.substring(before.length()).strip();
        return Modifier.toString(written & Modifier.methodModifiers()) + " " + rest;
    }

    /// A loader hands out the bytes of its classes as they were before they were woven.
    private static boolean writtenSynchronized(Method method) {
        ClassLoader loader = method.getDeclaringClass().getClassLoader();
        if (loader == null || Modifier.isAbstract(method.getModifiers()) || Modifier.isNative(method.getModifiers())) {
            return false;
        }
        String file = method.getDeclaringClass().getName().replace('.', '/') + ".class";
        try (InputStream in = loader.getResourceAsStream(file)) {
            return in != null && writtenSynchronized(method, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s from its loader %s".formatted(file, loader), e);
        }
    }

    private static boolean writtenSynchronized(Method method, byte[] original) {
        String type = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .descriptorString();
        return ClassFile.of().parse(original).methods().stream()
                .filter(each -> each.methodName().equalsString(method.getName())
                        && each.methodType().equalsString(type))
                .anyMatch(each -> (each.flags().flagsMask() & ClassFile.ACC_SYNCHRONIZED) != 0);
    }
}
