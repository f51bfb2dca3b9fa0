package threadbook.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import threadbook.runtime.AccessSite;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class EnteringTest {
    private static final AccessSite SITE =
            new AccessSite(AccessSite.Kind.ENTER, EnteringTest.class, "cell 1", 1, "", "", "");

    private final Object monitor = new Object();
    private final Map<Long, List<Doing>> doings = new HashMap<>();

    private void does(long thread, Doing... each) {
        doings.put(thread, new ArrayList<>(List.of(each)));
    }

    private Doing enters(long time) {
        return new Doing(State.LOCKED, Verb.Effect.TAKES, monitor, time, time, 1, true, SITE);
    }

    private Doing leaves(long time) {
        return new Doing(State.RUNNING, Verb.Effect.GIVES, monitor, time, time, 1, true, SITE);
    }

    private long got(long thread, int index) {
        return doings.get(thread).get(index).end();
    }

    @Test
    void who_enters_while_another_is_inside_gets_it_when_that_one_leaves() {
        does(1, enters(10), leaves(50));
        does(2, enters(20), leaves(60));

        Entering.complete(doings);

        assertThat(got(1, 0)).isEqualTo(10);
        assertThat(got(2, 0)).isEqualTo(50);
    }

    @Test
    void who_leaves_first_of_those_who_wait_got_it_first() {
        does(1, enters(10), leaves(50));
        does(2, enters(20), leaves(80));
        does(3, enters(30), leaves(60));

        Entering.complete(doings);

        assertThat(got(3, 0)).isEqualTo(50);
        assertThat(got(2, 0)).isEqualTo(60);
    }

    @Test
    void who_tells_late_that_it_has_left_did_not_wait() {
        does(1, enters(10), leaves(52));
        does(2, enters(20), leaves(51));

        Entering.complete(doings);

        assertThat(got(1, 0)).isEqualTo(10);
        assertThat(got(2, 0)).isEqualTo(51);
    }

    @Test
    void who_is_inside_enters_again_at_once() {
        does(1, enters(10), enters(20), leaves(30), leaves(50));
        does(2, enters(25), leaves(60));

        Entering.complete(doings);

        assertThat(got(1, 1)).isEqualTo(20);
        assertThat(got(2, 0)).isEqualTo(50);
    }
}
