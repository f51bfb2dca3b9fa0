package threadbook.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static threadbook.lab.Lab.childJvm;
import static threadbook.lab.Lab.pid;
import static threadbook.lab.Lab.process;
import static threadbook.lab.Lab.sleep;
import static threadbook.lab.Lab.thread;

import java.io.Serializable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.lab.process.travel.CannotTravelException;
import threadbook.lab.thread.WaitInterruptedException;

/// Processes of a program without a notebook, whose classes are on the class path.
@Timeout(60)
class ChildTest {
    record Point(int x, int y) implements Serializable {}

    @Test
    void the_result_comes_back_as_an_object_of_the_same_class() {
        int captured = 20;

        Child<Point> child =
                process("p", () -> new Point(captured, 2 * captured)).start();

        assertThat(child.result()).isEqualTo(new Point(20, 40));
        child.join();
        assertThat(child.exitCode()).contains(0);
        assertThat(child.toString()).endsWith("exit code 0");
    }

    @Test
    void it_runs_in_another_process() {
        Child<Long> child = process(() -> pid()).start();

        assertThat(child.result()).isEqualTo(child.pid()).isNotEqualTo(pid());
    }

    @Test
    void what_the_body_throws_is_the_cause_with_the_frames_of_the_child() {
        Child<?> child = process("p", () -> {
                    throw new IllegalStateException("boom");
                })
                .start();

        assertThatThrownBy(child::result)
                .isInstanceOf(ChildFailedException.class)
                .hasMessage("process p failed: java.lang.IllegalStateException: boom")
                .cause()
                .satisfies(cause -> assertThat(cause.getStackTrace())
                        .isNotEmpty()
                        .allMatch(frame -> frame.getClassName().startsWith(ChildTest.class.getName())));
        child.join();
        assertThat(child.exitCode()).contains(1);
    }

    @Test
    void a_killed_process_says_by_what_it_ended() {
        Child<Void> child = process("p", () -> sleep(600_000)).start();
        child.kill();
        child.join();

        assertThat(child.alive()).isFalse();
        assertThat(child.exitCode()).contains(137);
        assertThatThrownBy(child::result).hasMessageContaining("ended by SIGKILL");
    }

    @Test
    void a_process_that_exits_has_its_own_exit_code() {
        Child<Void> child = process("p", () -> System.exit(42)).start();
        child.join();

        assertThat(child.exitCode()).contains(42);
    }

    @Test
    void what_cannot_travel_is_refused_and_nothing_is_left_running() {
        var thread = new Thread();

        assertThatThrownBy(() -> process("p", () -> thread.isAlive()).start())
                .isInstanceOf(CannotTravelException.class)
                .hasMessageContaining("The body of process p cannot travel")
                .hasMessageContaining("java.lang.Thread in it");
    }

    @Test
    void a_result_that_cannot_travel_is_said_to_whoever_asks() {
        Child<Thread> child = process("p", () -> new Thread()).start();

        assertThatThrownBy(child::result)
                .isInstanceOf(CannotTravelException.class)
                .hasMessageStartingWith("The result");
        child.join();
        assertThat(child.exitCode()).contains(0);
    }

    @Test
    void a_jvm_waits_for_its_threads_but_not_for_daemons() {
        for (boolean daemon : new boolean[] {true, false}) {
            ChildRun ran = childJvm(() -> thread(() -> {
                        sleep(300);
                        System.out.println("report saved");
                    })
                    .daemon(daemon)
                    .start());

            assertThat(ran.out()).isEqualTo(daemon ? "" : "report saved\n");
            assertThat(ran.exit()).isZero();
        }
    }

    @Test
    void a_jvm_waits_for_processes_that_it_started_but_not_for_daemons() {
        for (boolean daemon : new boolean[] {true, false}) {
            ChildRun ran = childJvm(() -> process("grandchild", () -> {
                        sleep(300);
                        System.out.println("report saved");
                    })
                    .daemon(daemon)
                    .start());

            assertThat(ran.out()).isEqualTo(daemon ? "" : "report saved\n");
        }
    }

    @Test
    void a_jvm_whose_body_throws_ends_with_1_and_the_trace() {
        ChildRun ran = childJvm(() -> {
            System.out.println("before");
            throw new IllegalStateException("boom");
        });

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("before\n");
        assertThat(ran.err()).startsWith("Exception in thread \"main\" java.lang.IllegalStateException: boom");
    }

    @Test
    void what_native_code_and_its_own_processes_write_does_not_disturb_the_answers() {
        ChildRun ran = childJvm(
                () -> new ProcessBuilder("echo", "RRRR").inheritIO().start().waitFor());

        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEqualTo("RRRR\n");
    }

    @Test
    void an_interrupted_wait_for_a_jvm_ends_it() throws InterruptedException {
        var thread = Thread.ofPlatform().unstarted(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> childJvm(() -> sleep(600_000))).isInstanceOf(WaitInterruptedException.class);
        });
        thread.start();
        thread.join();

        assertThat(ProcessTree.ofThisProcess().entries())
                .noneMatch(entry -> entry.depth() > 0 && entry.name().equals("java"));
    }
}
