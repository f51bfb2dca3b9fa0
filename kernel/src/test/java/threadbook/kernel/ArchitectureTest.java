package threadbook.kernel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who may import whom, as the table in kernel/README.md says.
@Timeout(60)
class ArchitectureTest {
    private static final String ROOT = "threadbook.kernel.";
    private static final Path README = Path.of("README.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|[^|\n]*\\|([^|\n]*)\\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPaths("target/classes"); // not by package: that would read the whole JDK's names

    @Test
    void each_room_imports_only_what_the_table_of_the_readme_allows() throws IOException {
        Map<String, Set<String>> allowed = table();
        var found = new TreeMap<String, Set<String>>();
        for (JavaClass javaClass : CLASSES) {
            String room = room(javaClass);
            if (!room.isEmpty()) {
                Set<String> imported = found.computeIfAbsent(room, _ -> new TreeSet<>());
                javaClass.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> room(dependency.getTargetClass()))
                        .filter(other -> !other.isEmpty() && !other.equals(room))
                        .forEach(imported::add);
            }
        }

        assertThat(allowed.keySet()).as("rooms in the table").isEqualTo(found.keySet());
        found.forEach((room, imported) ->
                assertThat(allowed.get(room)).as("what " + room + " may import").containsAll(imported));
    }

    @Test
    void the_rooms_have_no_cycles() {
        slices().matching("threadbook.kernel.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void only_channel_knows_zeromq() {
        noClasses()
                .that(not(resideInAPackage("threadbook.kernel.channel")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.zeromq..", "zmq.."))
                .check(CLASSES);
    }

    @Test
    void only_jshell_knows_jshell() {
        noClasses()
                .that(not(resideInAPackage("threadbook.kernel.jshell")))
                .should()
                .dependOnClassesThat(resideInAPackage("jdk.jshell.."))
                .check(CLASSES);
    }

    @Test
    void only_wire_knows_how_json_is_written() {
        noClasses()
                .that(not(resideInAPackage("threadbook.kernel.wire")))
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml.."))
                .check(CLASSES);
    }

    @Test
    void of_the_library_the_kernel_knows_only_what_woven_code_calls_and_the_weaver() {
        noClasses()
                .that(resideInAPackage("threadbook.kernel.."))
                .should()
                .dependOnClassesThat(resideInAPackage("threadbook..")
                        .and(not(resideInAnyPackage(
                                "threadbook.kernel..", "threadbook.runtime..", "threadbook.weaving.."))))
                .check(CLASSES);
    }

    @Test
    void every_package_says_that_nothing_is_null_unless_marked() {
        assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(room -> assertThat(room.isAnnotatedWith(NullMarked.class))
                        .as(room.getName() + " is @NullMarked")
                        .isTrue());
    }

    @Test
    void threads_of_the_kernel_s_own_rooms_cannot_be_interrupted_by_cells() {
        noClasses()
                .that(resideInAnyPackage(
                        ROOT + "channel", ROOT + "dispatch", ROOT + "handler", ROOT + "wire", ROOT + "protocol"))
                .should()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .check(CLASSES);
    }

    @Test
    void no_room_is_a_drawer_for_odds_and_ends() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .check(CLASSES);
    }

    /// {@return the table of kernel/README.md: room to the rooms that it may import}
    private static Map<String, Set<String>> table() throws IOException {
        var allowed = new TreeMap<String, Set<String>>();
        ROW.matcher(Files.readString(README)).results().forEach(row -> {
            allowed.put(row.group(1), names(row.group(2)));
        });
        return allowed;
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map((MatchResult name) -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String room(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.")[0] : "";
    }
}
