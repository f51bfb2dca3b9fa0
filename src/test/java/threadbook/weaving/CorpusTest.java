package threadbook.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.api.Table;
import threadbook.lab.Lab;

/// Whole libraries are woven, verify and load. Verification happens at linking, so each class is linked.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CorpusTest {

    @Test
    void our_own_classes_verify_when_woven() throws Exception {
        assertThat(linked(Lab.class, "threadbook.lab.")).isGreaterThan(20);
    }

    @Test
    void tablesaw_verifies_when_woven() throws Exception {
        assertThat(linked(Table.class, "tech.tablesaw.")).isGreaterThan(300);
    }

    private static int linked(Class<?> one, String prefix) throws Exception {
        WovenLoader loader = WovenLoader.of(prefix);
        for (String name : classes(one, prefix)) {
            if (!links(name, CorpusTest.class.getClassLoader())) {
                continue; // needs a library that is not there, woven or not
            }
            // Asking for the methods links the class, and linking verifies it, without running its initialiser.
            assertThat(links(name, loader)).as(name).isTrue();
        }
        return loader.defined().size();
    }

    private static boolean links(String name, ClassLoader loader) throws ClassNotFoundException {
        try {
            return Class.forName(name, false, loader).getDeclaredMethods().length >= 0;
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    private static List<String> classes(Class<?> one, String prefix) throws Exception {
        URI home = one.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path path = Path.of(home);
        if (Files.isDirectory(path)) {
            return names(path, prefix);
        }
        try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
            return names(jar.getPath("/"), prefix);
        }
    }

    private static List<String> names(Path root, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file ->
                            root.relativize(file).toString().replace('\\', '/').replace('/', '.'))
                    .filter(name -> name.endsWith(".class") && name.startsWith(prefix))
                    .filter(name -> !name.endsWith("package-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
    }
}
