package threadbook.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Loads some classes of the test's class path anew, woven; all others are those of the test.
final class WovenLoader extends ClassLoader {
    private final Predicate<String> woven;
    private final Origin origin;
    private final List<String> defined = new ArrayList<>();
    private final Weaver weaver;

    /// @param woven  names of the classes to weave
    WovenLoader(Predicate<String> woven, Origin origin) {
        super(WovenLoader.class.getClassLoader());
        this.woven = woven;
        this.origin = origin;
        weaver = new Weaver(Hierarchy.of(name -> woven.test(name) ? bytes(name) : null, getParent()));
    }

    /// Weaves classes whose names begin so.
    static WovenLoader of(String prefix) {
        return new WovenLoader(name -> name.startsWith(prefix), new Origin("cell 1", line -> line, Set.of(), Set.of()));
    }

    /// {@return the names of the classes it has woven}
    List<String> defined() {
        return defined;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known == null && woven.test(name)) {
                byte[] bytes = weaver.weave(bytes(name), origin);
                known = defineClass(name, bytes, 0, bytes.length);
                defined.add(name);
            }
            return known == null ? super.loadClass(name, resolve) : known;
        }
    }

    private byte[] bytes(String name) {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
