package threadbook.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Loads some classes of the test's class path anew, woven; all others are those of the test.
final class WovenLoader extends ClassLoader {
    private final Predicate<String> woven;
    private final Origin origin;
    private final Depth depth;
    private final List<String> defined = new ArrayList<>();
    private final List<String> spared = new ArrayList<>();
    private final Map<String, byte[]> originals = new HashMap<>();
    private final Weaver weaver;

    /// @param woven  names of the classes to weave
    WovenLoader(Predicate<String> woven, Origin origin, Depth depth) {
        super(WovenLoader.class.getClassLoader());
        this.woven = woven;
        this.origin = origin;
        this.depth = depth;
        weaver = new Weaver(name -> woven.test(name) ? bytes(name) : null, getParent());
    }

    /// Weaves classes whose names begin so.
    static WovenLoader of(String prefix) {
        return of(prefix, Depth.LOADED);
    }

    static WovenLoader of(String prefix, Depth depth) {
        return new WovenLoader(
                name -> name.startsWith(prefix), new Origin("cell 1", line -> line, Set.of(), Set.of()), depth);
    }

    /// {@return the names of the classes it has woven}
    List<String> defined() {
        return defined;
    }

    /// {@return the methods that got no access sites, each behind the name of its class}
    List<String> spared() {
        return spared;
    }

    /// {@return a class as it was before it was woven}
    ClassModel original(String name) {
        return ClassFile.of().parse(bytes(name));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known == null && woven.test(name)) {
                Woven made = weaver.weave(bytes(name), origin, depth);
                known = defineClass(name, made.bytes(), 0, made.bytes().length);
                defined.add(name);
                made.spared().forEach(method -> spared.add(name + "." + method));
            }
            return known == null ? super.loadClass(name, resolve) : known;
        }
    }

    synchronized byte[] bytes(String name) {
        return originals.computeIfAbsent(name, this::read);
    }

    private byte[] read(String name) {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
