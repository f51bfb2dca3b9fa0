package threadbook.kernel.display;

import java.lang.reflect.Method;
import java.util.Map;
import threadbook.runtime.Renderer;

/// How the values of one class get their forms.
sealed interface Drawing {

    /// By their own method, found by name.
    record ByItself(Method method) implements Drawing {}

    /// Perhaps by a [Renderer], since the class comes from a library or inherits from one.
    record ByLibrary() implements Drawing {}

    /// By their text alone.
    record AsText() implements Drawing {}

    static Drawing of(Class<?> type) {
        if (type.isArray() || fromJdk(type)) {
            return new AsText();
        }
        try {
            Method method = type.getMethod("mimeBundle");
            if (Map.class.isAssignableFrom(method.getReturnType())) {
                // The class itself is often not public: a record of a cell, a private nested class.
                method.setAccessible(true);
                return new ByItself(method);
            }
        } catch (NoSuchMethodException _) {
            // The normal case: most classes do not draw themselves.
        }
        return fromLibrary(type) ? new ByLibrary() : new AsText();
    }

    private static boolean fromJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /// Whether a library's renderer may know the class. Asked first, because the first call of the
    /// renderers loads the libraries they render.
    private static boolean fromLibrary(Class<?> type) {
        if (type.getClassLoader() == Renderer.class.getClassLoader()) {
            return true;
        }
        Class<?> parent = type.getSuperclass();
        if (parent != null && fromLibrary(parent)) {
            return true;
        }
        for (Class<?> face : type.getInterfaces()) {
            if (fromLibrary(face)) {
                return true;
            }
        }
        return false;
    }
}
