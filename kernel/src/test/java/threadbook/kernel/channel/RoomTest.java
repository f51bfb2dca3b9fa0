package threadbook.kernel.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RoomTest {
    private final Room room = new Room(Room.CAPACITY);

    @Test
    void a_writer_waits_while_the_room_is_full_and_goes_on_when_half_of_it_is_free() throws InterruptedException {
        int full = (int) Room.CAPACITY + 1;
        room.enter(full);
        var writer = Thread.ofPlatform().start(() -> room.enter(1));

        waitUntilWaiting(writer);
        room.leave(full);
        writer.join();

        assertThat(room.taken()).isEqualTo(1);
    }

    @Test
    void an_interrupted_writer_does_not_wait_and_keeps_its_flag() throws InterruptedException {
        room.enter((int) Room.CAPACITY + 1);
        var flag = new boolean[1];
        var writer = Thread.ofPlatform().start(() -> {
            room.enter(1);
            flag[0] = Thread.interrupted();
        });

        waitUntilWaiting(writer);
        writer.interrupt();
        writer.join();

        assertThat(flag[0]).isTrue();
        assertThat(room.taken()).isEqualTo(Room.CAPACITY + 2);
    }

    private static void waitUntilWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
