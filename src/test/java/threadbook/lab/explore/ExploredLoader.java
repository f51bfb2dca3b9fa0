package threadbook.lab.explore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import threadbook.weaving.Depth;
import threadbook.weaving.Origin;
import threadbook.weaving.Weaver;

/// Loads a test's programs anew, woven to be explored; all other classes are those of the test.
public final class ExploredLoader extends ClassLoader {
    private final String prefix;
    private final Weaver weaver;

    /// @param prefix  how the names of the classes begin that are woven
    public ExploredLoader(String prefix) {
        super(ExploredLoader.class.getClassLoader());
        this.prefix = prefix;
        weaver = new Weaver(name -> name.startsWith(prefix) ? bytes(name) : null, getParent());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known == null && name.startsWith(prefix)) {
                String file = name.substring(name.lastIndexOf('.') + 1);
                byte[] woven = weaver.weave(
                                bytes(name), new Origin(file, line -> line, Set.of(), Set.of()), Depth.EXPLORED)
                        .bytes();
                known = defineClass(name, woven, 0, woven.length);
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
