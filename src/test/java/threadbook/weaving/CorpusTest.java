package threadbook.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.Table;
import threadbook.lab.Lab;
import threadbook.runtime.AccessSite;
import threadbook.runtime.AccessSites;

/// Whole libraries are woven, verify, load and behave as before. Verification happens at linking, so each class is
/// linked.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CorpusTest {

    @ParameterizedTest
    @EnumSource(Depth.class)
    void our_own_classes_verify_when_woven(Depth depth) throws Exception {
        assertThat(linked(Lab.class, "threadbook.lab.", depth)).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void tablesaw_verifies_when_woven(Depth depth) throws Exception {
        assertThat(linked(Table.class, "tech.tablesaw.", depth)).isGreaterThan(300);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void h2_verifies_when_woven(Depth depth) throws Exception {
        assertThat(linked(org.h2.Driver.class, "org.h2.", depth)).isGreaterThan(800);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_database_of_woven_classes_answers_as_ever(Depth depth) throws Exception {
        WovenLoader loader = WovenLoader.of("org.h2.", depth);
        var woven = (Driver)
                loader.loadClass(org.h2.Driver.class.getName()).getConstructor().newInstance();

        assertThat(Sql.answers(woven))
                .isEqualTo(Sql.answers(new org.h2.Driver()))
                .hasSizeGreaterThan(60);
        assertThat(loader.defined()).hasSizeGreaterThan(400);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_database_answers_as_ever_while_every_access_is_listened_to(Depth depth) throws Exception {
        WovenLoader loader = WovenLoader.of("org.h2.", depth);
        var woven = (Driver)
                loader.loadClass(org.h2.Driver.class.getName()).getConstructor().newInstance();
        var seen = new EnumMap<AccessSite.Kind, LongAdder>(AccessSite.Kind.class);
        EnumSet.allOf(AccessSite.Kind.class).forEach(kind -> seen.put(kind, new LongAdder()));

        AccessSites.listen((site, _, _) -> seen.get(site.kind()).increment());
        List<String> answers;
        try {
            answers = Sql.answers(woven);
        } finally {
            AccessSites.ignore();
        }

        assertThat(answers).isEqualTo(Sql.answers(new org.h2.Driver()));
        var elsewhere = EnumSet.of(AccessSite.Kind.REFERENCE); // not met in what is asked of H2
        if (depth != Depth.EXPLORED) {
            elsewhere.add(AccessSite.Kind.LOOP);
        }
        for (var kind : EnumSet.complementOf(elsewhere)) {
            assertThat(seen.get(kind).sum()).as(kind.name()).isPositive();
        }
        assertThat(seen.get(AccessSite.Kind.ENTER).sum())
                .isEqualTo(seen.get(AccessSite.Kind.EXIT).sum());
    }

    private static int linked(Class<?> one, String prefix, Depth depth) throws Exception {
        WovenLoader loader = WovenLoader.of(prefix, depth);
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
