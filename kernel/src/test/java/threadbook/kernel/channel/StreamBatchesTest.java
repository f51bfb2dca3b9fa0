package threadbook.kernel.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.kernel.protocol.Header;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Origin.Door;
import threadbook.kernel.protocol.Publication.ClearOutput;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.protocol.Publication.Stream.Name;
import threadbook.kernel.wire.Outgoing.Broadcast;

@Timeout(10)
class StreamBatchesTest {
    private final StreamBatches batches = new StreamBatches();
    private final Origin cell = origin("cell");
    private final Origin other = origin("other");
    private final Thread ann = new Thread("ann");
    private final Thread bob = new Thread("bob");

    @Test
    void text_of_one_cell_and_stream_becomes_one_message() {
        out(cell, ann, "a");
        out(cell, ann, "b");
        out(cell, bob, "c");

        assertThat(flushed()).containsExactly("cell STDOUT abc");
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
        out(cell, ann, "1");
        err(cell, bob, "a");
        out(cell, ann, "2");
        err(cell, bob, "b");

        assertThat(flushed()).containsExactly("cell STDOUT 12", "cell STDERR ab");
    }

    @Test
    void threads_of_two_cells_do_not_cut_each_other_s_batches() {
        out(cell, ann, "1");
        out(other, bob, "a");
        out(cell, ann, "2");

        assertThat(flushed()).containsExactly("cell STDOUT 12", "other STDOUT a");
    }

    @Test
    void what_is_not_text_goes_behind_all_text_before_it() {
        out(cell, ann, "before");
        batches.add(cell, new ClearOutput(false), ann);
        out(cell, ann, "after");

        assertThat(flushed()).containsExactly("cell STDOUT before", "ClearOutput", "cell STDOUT after");
    }

    @Test
    void a_full_batch_does_not_wait_for_a_flush() {
        out(cell, ann, "x".repeat(StreamBatches.FULL));

        assertThat(batches.poll()).isNotNull();
        assertThat(batches.waits()).isFalse();
    }

    private void out(Origin origin, Thread thread, String text) {
        batches.add(origin, new Stream(Name.STDOUT, text), thread);
    }

    private void err(Origin origin, Thread thread, String text) {
        batches.add(origin, new Stream(Name.STDERR, text), thread);
    }

    private List<String> flushed() {
        batches.flush();
        var messages = new ArrayList<String>();
        Broadcast next = batches.poll();
        while (next != null) {
            messages.add(
                    next.publication() instanceof Stream(Name name, String text)
                            ? next.parent().header().id() + " " + name + " " + text
                            : next.publication().getClass().getSimpleName());
            next = batches.poll();
        }
        return messages;
    }

    private static Origin origin(String id) {
        return new Origin(Door.SHELL, List.of(), new Header(id, "s", "execute_request", null, null, "{}"));
    }
}
