package threadbook.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import threadbook.lab.thread.WaitInterruptedException;

@Timeout(60)
class CommandTest {

    private static Ran sh(String script) {
        return Command.of("sh", "-c", script).run();
    }

    @Test
    void both_outputs_and_the_exit_code_come_back() {
        Ran ran = sh("echo to out; echo to err >&2; exit 3");

        assertThat(ran.out()).isEqualTo("to out\n");
        assertThat(ran.err()).isEqualTo("to err\n");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.ok()).isFalse();
        assertThat(ran.wall()).isPositive();
    }

    @Test
    void an_argument_is_one_argument_whatever_is_in_it() {
        Ran ran = Command.of("printf", "%s|", "a b", "$HOME", "'", ";").run();

        assertThat(ran.out()).isEqualTo("a b|$HOME|'|;|");
    }

    @Test
    void a_program_that_fills_both_pipes_does_not_wait_for_a_reader() {
        Ran ran = sh("head -c 1000000 /dev/zero >&2; head -c 1000000 /dev/zero");

        assertThat(ran.outBytes()).isEqualTo(1_000_000);
        assertThat(ran.errBytes()).isEqualTo(1_000_000);
    }

    @Test
    void of_a_very_large_output_beginning_and_end_are_kept_and_the_rest_is_counted() {
        Ran ran = sh("echo first; head -c 100000000 /dev/zero | tr '\\0' 'x'; echo; echo last");

        assertThat(ran.outBytes()).isEqualTo(100_000_012);
        assertThat(ran.out()).startsWith("first\n").endsWith("x\nlast\n").contains("bytes left out");
        assertThat(ran.out()).hasSizeLessThan(17 << 20);
    }

    @Test
    void an_output_just_above_the_limit_is_complete() {
        Ran ran = sh("head -c 16777220 /dev/zero | tr '\\0' 'x'");

        assertThat(ran.out()).hasSize(16_777_220).doesNotContain("left out");
    }

    @Test
    void a_signal_is_named() {
        Ran ran = sh("kill -9 $$");

        assertThat(ran.signal()).contains("SIGKILL");
        assertThat(ran.summary()).contains("ended by SIGKILL (exit code 137)");
    }

    @Test
    void a_program_that_is_not_there_is_said_to_be_so() {
        assertThatThrownBy(() -> Command.of("no-such-program").run())
                .isInstanceOf(NoSuchProgramException.class)
                .hasMessageContaining("there is none of that name in the folders of PATH");
        assertThatThrownBy(() -> Command.of("ls -l").run()).hasMessageContaining("run(\"ls\", \"-l\")");
        assertThatThrownBy(() -> Command.of("/tmp").run()).hasMessageContaining("may not be run");
    }

    @Test
    void input_is_handed_over() {
        assertThat(Command.of("sort").input("b\na\n").run().out()).isEqualTo("a\nb\n");
        assertThat(Command.of("cat").run().out()).isEmpty();
    }

    @Test
    void it_runs_in_the_folder_that_was_named(@TempDir Path folder) {
        assertThat(Command.of("pwd").in(folder.toString()).run().out().strip()).endsWith(folder.toString());
        assertThatThrownBy(() -> Command.of("pwd").in("/no/such").run()).hasMessageContaining("Expected a folder");
    }

    @Test
    void when_its_time_is_over_it_and_its_children_end() {
        Ran ran = Command.of("sh", "-c", "sleep 600 & sleep 600; true")
                .timeout(300)
                .run();

        assertThat(ran.timedOut()).isTrue();
        assertThat(ran.summary()).contains("its time was over");
        assertThat(ran.processes()).hasSize(3);
        assertThat(ran.processes()).noneMatch(CommandTest::lives);
    }

    @Test
    void what_it_leaves_running_is_ended_and_named() {
        Ran ran = sh("sleep 600 & echo started; sleep 0.3");

        assertThat(ran.out()).isEqualTo("started\n");
        assertThat(ran.ended())
                .singleElement()
                .satisfies(left -> assertThat(left.name()).isEqualTo("sleep"));
        assertThat(ran.ended()).noneMatch(CommandTest::lives);
        assertThat(ran.summary()).contains("left running, and ended: sleep");
    }

    @Test
    void the_processor_time_is_that_of_the_children() {
        Ran ran = sh("i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done");

        assertThat(ran.cpu())
                .hasValueSatisfying(cpu -> assertThat(cpu.toMillis()).isPositive());
    }

    @Test
    void an_interrupt_ends_it() throws Exception {
        var begun = new CountDownLatch(1);
        var thrown = new CompletableFuture<Throwable>();
        var thread = Thread.ofPlatform().start(() -> {
            begun.countDown();
            try {
                Command.of("sleep", "600").run();
            } catch (WaitInterruptedException e) {
                thrown.complete(e);
            }
        });
        begun.await();
        thread.interrupt();
        thread.join();

        assertThat(thrown).isCompletedWithValueMatching(e -> e.getMessage().equals("sleep 600 was interrupted"));
        assertThat(ProcessTree.ofThisProcess().toString()).doesNotContain("sleep");
    }

    @Test
    void a_failed_program_can_be_made_an_exception() {
        assertThatThrownBy(() -> sh("echo why >&2; exit 2").check())
                .isInstanceOf(ProgramFailedException.class)
                .hasMessageContaining("exit code 2")
                .hasMessageEndingWith("why");
        assertThat(sh("true").check().ok()).isTrue();
    }

    @Test
    void a_tree_has_this_process_first() {
        assertThat(ProcessTree.ofThisProcess().pids())
                .startsWith(ProcessHandle.current().pid());
        assertThat(ProcessTree.ofThisProcess().toString()).startsWith("java  pid ");
    }

    private static boolean lives(Ran.Seen seen) {
        return ProcessHandle.of(seen.pid())
                .flatMap(process -> process.info().command()) // of one that has ended nobody knows it
                .isPresent();
    }
}
