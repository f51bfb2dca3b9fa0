package threadbook.lab.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.Laboratory;
import threadbook.lab.explore.Page;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.WaitInterruptedException;
import threadbook.runtime.GlobalLocking;
import threadbook.runtime.Screen;

/// Runs code once, on the calling thread and for real, and writes down what its threads do.
public final class Tracing {
    private static final long BRIEF = 1_000_000; // ns in which there is little to see

    private final Recorder recorder = new Recorder();
    private final Thread caller = Thread.currentThread();
    private final @Nullable ClassLoader program;
    private long begin;
    private long end;

    private Tracing(@Nullable ClassLoader program) {
        this.program = program;
    }

    /// {@return what the threads of one run of the body did}
    ///
    /// If the body throws, or is interrupted, the timeline until then is shown under the cell, and what was thrown
    /// goes on.
    ///
    /// @throws WaitInterruptedException  if the calling thread is interrupted while another exploration or trace
    ///                                   is under way
    public static Timeline of(Body body) {
        ClassLoader loader = body.getClass().getClassLoader();
        ClassLoader program = loader == null ? ClassLoader.getPlatformClassLoader() : loader;
        var tracing = new Tracing(program);
        return BodyFailedException.unchecked(
                () -> Laboratory.listening(tracing.recorder, program, () -> tracing.record(body)));
    }

    private Timeline record(Body body) throws Exception {
        CoreSampler sampler = CoreSampler.open();
        Flight flight = Flight.open();
        try {
            Exception thrown = run(body);
            boolean interrupted = Thread.interrupted(); // or what follows could not wait
            Timeline timeline = landed(flight, sampler);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (thrown != null) {
                Screen.current().display(timeline);
                throw thrown;
            }
            return timeline;
        } finally { // also on the way of an error, as when the cell is stopped
            GlobalLocking.ignore();
            Verb.forget();
            if (sampler != null) {
                sampler.close();
            }
            if (flight != null) {
                flight.close();
            }
        }
    }

    private @Nullable Exception run(Body body) {
        GlobalLocking.listen(recorder);
        begin = System.nanoTime();
        try {
            body.run();
            return null;
        } catch (Exception thrown) { // whatever it is: thrown again when the timeline is shown
            return thrown;
        } finally {
            end = System.nanoTime();
            GlobalLocking.ignore();
        }
    }

    private Timeline landed(@Nullable Flight flight, @Nullable CoreSampler sampler)
            throws InterruptedException, IOException {
        Map<Long, List<CoreSampler.Queued>> cores = sampler == null ? null : sampler.stop();
        Flight.Log log = flight == null ? null : flight.land();
        var merge = new Merge(new Merge.Noted(recorder, log, cores, caller, begin, end), program);
        List<Lane> lanes = merge.lanes();
        var remarks = new ArrayList<String>();
        long notes = recorder.rings().stream().mapToLong(Ring::noted).sum();
        long lost = recorder.rings().stream().mapToLong(Ring::lost).sum();
        if (lanes.size() == 1 && notes == 0 && end - begin < BRIEF) {
            remarks.add("The code started no thread, waited for nothing and was over at once: there is little to see.");
        }
        if (lost > 0) {
            remarks.add(
                    "Of each thread the last %d notes are kept; %d older ones are missing.".formatted(Ring.MOST, lost));
        }
        if (recorder.beyond() > 0) {
            remarks.add("%d further threads were not recorded.".formatted(recorder.beyond()));
        }
        if (log == null) {
            remarks.add(
                    "This JVM has no flight recorder (module jdk.jfr): only waits in the cells' own code are seen.");
        } else if (log.lost() > 0) {
            remarks.add(
                    "%d waits that the JVM noted after the first %d are missing.".formatted(log.lost(), Flight.MOST));
        }
        if (cores == null) {
            remarks.add("This system does not say who waits for a core (Linux does): such a wait is shown as running.");
        }
        if (lanes.size() > LanePicture.MOST_LANES) {
            remarks.add("The picture has a row for the first %d threads; table() has all of them."
                    .formatted(LanePicture.MOST_LANES - 1));
        }
        remarks.add(cost(notes, merge.waits(), sampler));
        return new Timeline(lanes, merge.guards(), end - begin, remarks);
    }

    private String cost(long notes, long waits, @Nullable CoreSampler sampler) {
        double each = Recorder.costOfOne();
        long spent = (long) (each * notes) + (sampler == null ? 0 : sampler.used());
        return String.format(
                Locale.ROOT,
                "Recorded: %s at %.0f ns each, measured just now, and %s noted by the JVM; with asking for the cores "
                        + "about %s of one core's time.",
                Page.count(notes, "note"),
                each,
                Page.count(waits, "wait"),
                Timeline.ms(spent));
    }
}
