package threadbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SharedViewTest {
    private static final Pattern NOT_THE_LIBRARY_S = Pattern.compile(
            "(jeromq|jnacl|junit|opentest4j|apiguardian|assertj|byte-buddy|archunit|surefire|threadbook|idea_rt).*");

    private final SharedView view = new SharedView(SharedViewTest.class.getClassLoader());

    @Test
    void every_class_of_the_library_s_jars_is_visible() throws IOException {
        List<String> hidden = new ArrayList<>();
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream()
                        .map(entry -> entry.getName().replace('/', '.'))
                        .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                        .filter(name -> !name.startsWith("META-INF.") && !SharedView.visible(name))
                        .limit(3)
                        .map(name -> jar.getFileName() + ": " + name)
                        .forEach(hidden::add);
            }
        }

        assertThat(jars()).hasSizeGreaterThan(10);
        assertThat(hidden).isEmpty();
    }

    @Test
    void the_kernel_and_its_own_jars_are_hidden() {
        assertThat(SharedView.visible("threadbook.kernel.Main")).isFalse();
        assertThatThrownBy(() -> view.loadClass("org.zeromq.ZMQ")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> view.loadClass("threadbook.kernel.cell.Cell"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(view.getResource("org/zeromq/ZMQ.class")).isNull();
        assertThat(SharedView.visibleClassPath())
                .noneMatch(path -> path.toString().contains("jeromq"));
    }

    @Test
    void a_visible_class_is_the_very_class_of_the_kernel() throws ClassNotFoundException {
        assertThat(view.loadClass("threadbook.runtime.Screen")).isSameAs(threadbook.runtime.Screen.class);
    }

    private static List<Path> jars() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(Path::of)
                .filter(path -> Files.isRegularFile(path)
                        && !NOT_THE_LIBRARY_S
                                .matcher(path.getFileName().toString())
                                .matches())
                .toList();
    }
}
