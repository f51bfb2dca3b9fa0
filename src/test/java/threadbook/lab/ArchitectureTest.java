package threadbook.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The table of packages in the library's README, as a test.
@Timeout(60)
class ArchitectureTest {

    private final JavaClasses library = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("threadbook.lab", "threadbook.runtime", "threadbook.weaving");

    private void mayImport(String room, String... others) {
        var allowed = new ArrayList<String>();
        allowed.add(room);
        allowed.addAll(List.of(others));
        var ours = JavaClass.Predicates.resideInAPackage("threadbook..");
        var known = JavaClass.Predicates.resideInAnyPackage(allowed.toArray(String[]::new));
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(ours.and(DescribedPredicate.not(known)))
                .check(library);
    }

    @Test
    void each_room_imports_only_the_rooms_below_it() {
        mayImport("threadbook.runtime");
        mayImport("threadbook.lab.thread");
        mayImport("threadbook.lab.measure", "threadbook.lab.thread", "threadbook.lab.figure", "threadbook.runtime");
        mayImport(
                "threadbook.lab.gil",
                "threadbook.lab.measure",
                "threadbook.lab.thread",
                "threadbook.lab.figure",
                "threadbook.runtime");
        mayImport("threadbook.lab.code");
        mayImport(
                "threadbook.lab.process.travel", "threadbook.lab.code", "threadbook.lab.thread", "threadbook.runtime");
        mayImport(
                "threadbook.lab.process.child",
                "threadbook.lab.process.travel",
                "threadbook.lab.thread",
                "threadbook.runtime");
        mayImport(
                "threadbook.lab.process.channel",
                "threadbook.lab.process.travel",
                "threadbook.lab.thread",
                "threadbook.runtime");
        mayImport(
                "threadbook.lab.process",
                "threadbook.lab.process.travel",
                "threadbook.lab.process.child",
                "threadbook.lab.thread",
                "threadbook.lab.figure",
                "threadbook.runtime");
        mayImport(
                "threadbook.lab.trace",
                "threadbook.lab.explore",
                "threadbook.lab.explore.engine",
                "threadbook.lab.figure",
                "threadbook.lab.measure",
                "threadbook.lab.thread",
                "threadbook.runtime");
        mayImport(
                "threadbook.lab.exercise",
                "threadbook.lab.process",
                "threadbook.lab.explore",
                "threadbook.lab.observe",
                "threadbook.lab.measure",
                "threadbook.lab.trace",
                "threadbook.lab.thread",
                "threadbook.runtime");
    }

    @Test
    void no_room_imports_itself_in_a_circle() {
        slices().matching("threadbook.(**)").should().beFreeOfCycles().check(library);
    }

    @Test
    void every_package_forbids_null() {
        Map<String, Boolean> marked = library.stream()
                .collect(Collectors.toMap(
                        JavaClass::getPackageName,
                        type -> type.getPackage().isAnnotatedWith(NullMarked.class),
                        Boolean::logicalOr));

        assertThat(marked).isNotEmpty().doesNotContainValue(false);
    }

    @Test
    void what_can_be_handed_to_a_thread_can_travel_to_another_process() {
        classes()
                .that()
                .resideInAPackage("threadbook.lab.thread")
                .and()
                .areAnnotatedWith(FunctionalInterface.class)
                .should()
                .beAssignableTo(Serializable.class)
                .check(library);
    }

    @Test
    void no_static_name_hides_a_name_of_object() {
        var objects = Arrays.stream(Object.class.getDeclaredMethods())
                .map(Method::getName)
                .toList();

        assertThat(Lab.class.getMethods())
                .filteredOn(method -> method.getDeclaringClass() != Object.class)
                .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
                .extracting(Method::getName)
                .doesNotContainAnyElementsOf(objects);
    }
}
