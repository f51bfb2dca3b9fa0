package threadbook.kernel.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.protocol.Header;
import threadbook.kernel.protocol.InputRequest;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Origin.Door;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.ClearOutput;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.protocol.Publication.Stream.Name;
import threadbook.kernel.thread.KernelThread;
import threadbook.kernel.wire.Outgoing;
import threadbook.kernel.wire.Outgoing.Broadcast;
import threadbook.kernel.wire.Outgoing.Question;

@Timeout(10)
class StreamBatchesTest {
    private final StreamBatches batches = new StreamBatches();
    private final Origin cell = origin("cell");
    private final Origin other = origin("other");
    private final Thread ann = new Thread("ann");
    private final Thread bob = new Thread("bob");
    private long now;

    @Test
    void text_of_one_cell_and_stream_becomes_one_message() {
        out(cell, ann, "a");
        out(cell, ann, "b\n");
        out(cell, bob, "c\n");

        assertThat(flushed()).containsExactly("cell STDOUT ab\nc\n");
    }

    @Test
    void a_thread_s_alternation_between_streams_is_kept() {
        out(cell, ann, "1");
        err(cell, ann, "2");
        out(cell, ann, "3");

        assertThat(flushed()).containsExactly("cell STDOUT 1", "cell STDERR 2", "cell STDOUT 3");
    }

    @Test
    void two_threads_on_two_streams_do_not_cut_each_other_s_batches() {
        out(cell, ann, "1\n");
        err(cell, bob, "a\n");
        out(cell, ann, "2\n");
        err(cell, bob, "b\n");

        assertThat(flushed()).containsExactly("cell STDOUT 1\n2\n", "cell STDERR a\nb\n");
    }

    @Test
    void threads_of_two_cells_do_not_cut_each_other_s_batches() {
        out(cell, ann, "1\n");
        out(other, bob, "a\n");
        out(cell, ann, "2\n");

        assertThat(flushed()).containsExactly("cell STDOUT 1\n2\n", "other STDOUT a\n");
    }

    @Test
    void what_is_not_text_goes_behind_all_text_before_it() {
        out(cell, ann, "before");
        batches.add(cell, new ClearOutput(false), ann, now);
        out(cell, ann, "after");

        assertThat(flushed()).containsExactly("cell STDOUT before", "ClearOutput", "cell STDOUT after");
    }

    @Test
    void a_full_batch_does_not_wait_for_a_flush() {
        out(cell, ann, "x".repeat(StreamBatches.FULL));

        assertThat(batches.poll()).isNotNull();
        assertThat(batches.waits()).isFalse();
    }

    @Test
    void a_question_takes_the_line_that_its_thread_has_begun_as_prompt() {
        out(cell, ann, "Hello\nName? ");
        ask(cell, ann, "");

        assertThat(flushed()).containsExactly("cell STDOUT Hello\n", "cell asks Name? ");
    }

    @Test
    void a_question_takes_no_prompt_from_another_thread_or_cell_or_from_a_finished_line() {
        out(cell, ann, "of ann");
        ask(cell, bob, "");
        out(other, bob, "of other");
        ask(cell, bob, "");
        out(cell, bob, "finished\n");
        ask(cell, bob, "");

        assertThat(flushed())
                .containsExactly(
                        "cell asks ",
                        "other STDOUT of other",
                        "cell asks ",
                        "cell STDOUT finished\n",
                        "cell asks ",
                        "cell STDOUT of ann");
    }

    @Test
    void a_line_that_a_field_cannot_show_stays_text() {
        out(cell, ann, "\u001B[31mred? ");
        ask(cell, ann, "");
        out(cell, ann, "long? ".repeat(1_000));
        ask(cell, ann, "");

        assertThat(flushed())
                .containsExactly(
                        "cell STDOUT \u001B[31mred? ",
                        "cell asks ",
                        "cell STDOUT " + "long? ".repeat(1_000),
                        "cell asks ");
    }

    @Test
    void no_other_text_gets_into_a_line_that_is_printed_in_pieces() {
        out(cell, ann, "1(");
        out(cell, bob, "2(");
        out(cell, bob, "b");
        out(cell, ann, "a");
        out(cell, bob, ")\n3");
        out(cell, ann, ")\n");

        assertThat(flushed()).containsExactly("cell STDOUT 2(b)\n1(a)\n3");
    }

    @Test
    void the_beginning_of_a_line_goes_without_its_end_when_it_is_old() {
        out(cell, ann, "old");
        now = 10;
        out(cell, bob, "young");
        out(cell, bob, " or not");

        batches.flushBegunBy(9);

        assertThat(polled()).containsExactly("cell STDOUT old");
        assertThat(batches.linesWait()).isFalse();
        assertThat(batches.waits()).isTrue();
        assertThat(batches.oldest()).isEqualTo(10);
        batches.flushBegunBy(10);
        assertThat(polled()).containsExactly("cell STDOUT young or not");
        assertThat(batches.waits()).isFalse();
    }

    @Test
    void what_a_thread_shows_goes_behind_the_line_that_it_has_begun_and_breaks_no_other_s() {
        out(cell, ann, "of ann");
        out(cell, bob, "of bob");
        batches.add(cell, new ClearOutput(false), ann, now);
        out(cell, bob, ", whole\n");

        assertThat(flushed()).containsExactly("cell STDOUT of ann", "ClearOutput", "cell STDOUT of bob, whole\n");
    }

    @Test
    void what_the_kernel_says_of_a_cell_goes_behind_all_that_its_threads_have_begun() {
        out(cell, ann, "half");
        out(other, bob, "1");
        batches.add(cell, new ClearOutput(false), new KernelThread(() -> {}, "cells"), now);
        out(other, bob, "2\n");

        assertThat(flushed()).containsExactly("cell STDOUT half", "ClearOutput", "other STDOUT 12\n");
    }

    @Test
    void a_text_too_large_for_one_message_becomes_several_and_no_character_is_torn() {
        String text = "x" + "\uD83D\uDE00".repeat(StreamBatches.FULL);
        out(cell, ann, text);

        var pieces = flushed().stream()
                .map(piece -> piece.substring("cell STDOUT ".length()))
                .toList();

        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces)
                .hasSizeGreaterThan(2)
                .allMatch(piece -> piece.length() <= StreamBatches.FULL)
                .noneMatch(piece -> Character.isHighSurrogate(piece.charAt(piece.length() - 1)));
    }

    private void ask(Origin origin, Thread thread, String prompt) {
        batches.add(new Question(origin, new InputRequest(prompt, false), "id"), thread);
    }

    private void out(Origin origin, Thread thread, String text) {
        batches.add(origin, new Stream(Name.STDOUT, text), thread, now);
    }

    private void err(Origin origin, Thread thread, String text) {
        batches.add(origin, new Stream(Name.STDERR, text), thread, now);
    }

    private List<String> flushed() {
        batches.flush();
        return polled();
    }

    private List<String> polled() {
        var messages = new ArrayList<String>();
        Outgoing next = batches.poll();
        while (next != null) {
            messages.add(described(next));
            next = batches.poll();
        }
        return messages;
    }

    private static String described(Outgoing outgoing) {
        return switch (outgoing) {
            case Broadcast(Origin parent, Stream(Name name, String text)) ->
                parent.header().id() + " " + name + " " + text;
            case Question(Origin to, InputRequest(String prompt, boolean _), String _) ->
                to.header().id() + " asks " + prompt;
            case Broadcast(Origin _, Publication publication) ->
                publication.getClass().getSimpleName();
            default -> outgoing.toString();
        };
    }

    private static Origin origin(String id) {
        return new Origin(Door.SHELL, List.of(), new Header(id, "s", "execute_request", null, null, "{}"));
    }
}
