package threadbook.lab.measure;

import java.util.function.LongUnaryOperator;
import threadbook.lab.thread.WaitInterruptedException;
import threadbook.runtime.GiveWay;

/// Work for a core: a fixed number of steps, as many as take about the asked time on a free core.
///
/// It never looks at the clock while it works. Code that runs "until 100 ms have passed" would
/// finish on time on any number of cores, and every speedup measured with it would be a fake.
///
/// @param chunksPerMilli  chunks of work that a free core does in a millisecond, positive
public record Burner(double chunksPerMilli) {

    private static final int STEPS = 10_000;

    // Written so that the compiler cannot leave the work out; which thread wins does not matter.
    private static volatile long sink;

    /// {@return the burner of this JVM}; the first call calibrates it, which takes about 100 ms
    public static Burner calibrated() {
        return Holder.BURNER;
    }

    /// Does the work that takes about `millis` on a free core, at least 0, on the calling thread.
    ///
    /// @throws WaitInterruptedException  within about a millisecond after the thread is
    ///                                   interrupted
    public void burn(double millis) {
        if (!(millis >= 0) || Double.isInfinite(millis)) {
            throw new IllegalArgumentException("burn needs a time in milliseconds, at least 0, found " + millis);
        }
        long chunks = chunks(millis);
        long beat = Math.max(1, chunks(1));
        long state = 1;
        for (long done = 0; done < chunks; done++) {
            if (done % beat == 0 && Thread.interrupted()) {
                throw WaitInterruptedException.restoringFlag("burn(%s)".formatted(millis));
            }
            GiveWay.check();
            state = chunk(state);
        }
        sink = state;
    }

    /// {@return how many chunks of work `millis` milliseconds are}
    long chunks(double millis) {
        return Math.round(millis * chunksPerMilli);
    }

    private static long chunk(long seed) {
        long x = seed;
        for (int step = 0; step < STEPS; step++) { // xorshift: each step needs the one before
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }

    /// {@return a burner for a clock that says what `n` chunks cost the calling thread in
    /// nanoseconds}
    ///
    /// Takes the cheapest of many samples: whatever disturbs a core makes work dearer, never
    /// cheaper. It goes on until the last 20 samples brought nothing better, because the first
    /// ones are interpreted.
    static Burner calibrate(LongUnaryOperator cost) {
        long chunks = 50;
        long cheapest = Long.MAX_VALUE;
        int sinceBetter = 0;
        for (int sample = 0; sample < 400 && sinceBetter < 20; sample++) {
            long spent = Math.max(1, cost.applyAsLong(chunks));
            sinceBetter = spent < cheapest * 0.99 ? 0 : sinceBetter + 1;
            cheapest = Math.min(cheapest, spent);
        }
        return new Burner(chunks * 1e6 / cheapest);
    }

    /// Calibrated once, by the thread that asks first; the others wait for it.
    private static final class Holder {
        static final Burner BURNER = calibrate(Burner::cost);
    }

    // CPU time where it is known: it does not grow while another program has the core.
    private static long cost(long chunks) {
        long cpu = ThreadClock.cpuNanos();
        long wall = System.nanoTime();
        long state = 1;
        for (long done = 0; done < chunks; done++) {
            state = chunk(state);
        }
        sink = state;
        return cpu == ThreadClock.UNKNOWN ? System.nanoTime() - wall : ThreadClock.cpuNanos() - cpu;
    }
}
