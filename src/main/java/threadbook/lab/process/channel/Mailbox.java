package threadbook.lab.process.channel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import threadbook.lab.thread.WaitInterruptedException;

/// A place for one value: what is put in takes the place of what was not taken. Any thread may use it.
///
/// For whoever wants the newest and may miss others, such as a picture of what a producer does at this moment.
///
/// ```java
/// var newest = mailbox(int[].class);
/// thread(() -> { while (true) newest.put(frame()); }).daemon(true).start();
/// newest.take()
/// ```
public final class Mailbox<T> {
    // Guarded by this.
    private @Nullable T value;
    private long puts;
    private long missed;

    /// Puts a value in; never waits.
    public synchronized void put(T newest) {
        Objects.requireNonNull(newest, "a mailbox holds values, not null");
        if (value != null) {
            missed++;
        }
        value = newest;
        puts++;
        notifyAll();
    }

    /// {@return the value, which it takes out}; waits while there is none
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted
    public synchronized T take() {
        try {
            while (value == null) {
                wait();
            }
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("take of a mailbox");
        }
        T taken = value;
        value = null;
        return taken;
    }

    /// {@return how many values were put in}
    public synchronized long puts() {
        return puts;
    }

    /// {@return how many of them nobody took}
    public synchronized long missed() {
        return missed;
    }

    @Override
    public synchronized String toString() {
        return "mailbox: %d put in, %d of them replaced before anybody took them".formatted(puts, missed);
    }
}
