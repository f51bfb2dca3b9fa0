package threadbook.lab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.explore.ExploredLoader;
import threadbook.runtime.Copying;

@Timeout(60)
class CopiesTest {
    private final ClassLoader loader = new ExploredLoader(Copied.class.getName());
    private Copying before;

    @BeforeEach
    void install() {
        before = Copying.install(classes ->
                classes == loader ? Optional.of(new ExploredLoader(Copied.class.getName())) : Optional.empty());
    }

    @AfterEach
    void restore() {
        Copying.install(before);
    }

    private Object call(String program, String method) throws Exception {
        return loader.loadClass(Copied.class.getName() + "$" + program)
                .getMethod(method)
                .invoke(null);
    }

    private List<Trial> copies(String name) throws Exception {
        return Copies.of((Trial) call(name, "trial"));
    }

    private List<Object> results(String name) throws Exception {
        var results = new ArrayList<Object>();
        for (Trial copy : copies(name)) {
            copy.setup().run();
            copy.bodies().getFirst().run();
            results.add(copy.outcome().call());
        }
        return results;
    }

    @Test
    void each_copy_has_variables_of_its_own_that_begin_as_the_program_s() throws Exception {
        assertThat(results("Numbers")).hasSizeGreaterThan(1).containsOnly(6);
        assertThat(call("Numbers", "x")).isEqualTo(17);
    }

    @Test
    void an_array_of_numbers_is_copied() throws Exception {
        assertThat(results("Arrays")).hasSizeGreaterThan(1).containsOnly(6);
    }

    @Test
    void an_object_that_the_set_up_makes_is_each_copy_s_own() throws Exception {
        assertThat(results("Made")).hasSizeGreaterThan(1).containsOnly(7);
    }

    @Test
    void two_variables_that_hold_one_lock_do_so_in_the_copy() throws Exception {
        assertThat(results("Shared")).hasSizeGreaterThan(1).containsOnly(true);
    }

    @Test
    void a_program_with_an_object_that_cannot_be_copied_is_run_alone() throws Exception {
        assertThat(copies("Kept")).hasSize(1);
        assertThat(copies("Listed")).hasSize(1);
        assertThat(copies("Constant")).hasSize(1);
    }

    @Test
    void a_program_that_captures_an_object_is_run_alone() throws Exception {
        assertThat(copies("Capturing")).hasSize(1);
    }

    @Test
    void every_copy_takes_part_in_what_is_observed() throws Exception {
        Observed observed = Observed.of(1000, (Trial) call("Numbers", "trial"));

        assertThat(observed.counts()).containsOnlyKeys("6").containsEntry("6", 1000L);
        assertThat(call("Numbers", "x")).isEqualTo(17);
    }
}
