package threadbook.lab;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import threadbook.lab.exercise.CheckFailed;
import threadbook.lab.exercise.ExerciseBook;
import threadbook.lab.exercise.Hint;
import threadbook.lab.exercise.Passed;
import threadbook.lab.exercise.Predicted;
import threadbook.lab.explore.Exploration;
import threadbook.lab.explore.Outcomes;
import threadbook.lab.explore.Play;
import threadbook.lab.gil.GlobalLock;
import threadbook.lab.gil.ModelAndReality;
import threadbook.lab.gil.ReferenceCounts;
import threadbook.lab.measure.Attempts;
import threadbook.lab.measure.Burner;
import threadbook.lab.measure.Comparison;
import threadbook.lab.measure.MachineCard;
import threadbook.lab.measure.Speedup;
import threadbook.lab.measure.Timed;
import threadbook.lab.observe.Observed;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.BodyFailedException;
import threadbook.lab.thread.Condition;
import threadbook.lab.thread.IndexedBody;
import threadbook.lab.thread.Parallel;
import threadbook.lab.thread.ThreadBuilder;
import threadbook.lab.thread.WaitInterruptedException;
import threadbook.lab.trace.OneCore;
import threadbook.lab.trace.Slices;
import threadbook.lab.trace.Timeline;
import threadbook.lab.trace.Tracing;
import threadbook.lab.watch.Caught;
import threadbook.lab.watch.Watch;
import threadbook.runtime.Screen;

/// The static names that a cell sees: `import static threadbook.lab.Lab.*`.
///
/// What waits here ends by [WaitInterruptedException] when its thread is interrupted, with the
/// interrupt flag set again. A checked exception of a body arrives as the cause of a
/// [BodyFailedException], any other exception as it was thrown. So cells need neither `throws` nor
/// `try`.
///
/// ```java
/// int counter;
/// parallel(2, i -> times(1000, () -> counter++));
/// counter                         // 2000, or less: the threads lose additions
/// ```
public final class Lab extends LabOfProcesses {
    // What the student of this notebook has predicted; any thread may use it.
    private static final ExerciseBook EXERCISES = ExerciseBook.ofAllLessons();

    private Lab() {}

    /// {@return a thread that is not started yet}: `thread(() -> work()).daemon(true).start()`
    ///
    /// What the body throws is reported under the cell that started the thread.
    public static ThreadBuilder thread(Body body) {
        return ThreadBuilder.of(body);
    }

    /// {@return a thread of that name that is not started yet}:
    /// `thread("T1", () -> work()).start()`
    public static ThreadBuilder thread(String name, Body body) {
        return ThreadBuilder.of(name, body);
    }

    /// Runs the body on `count` threads at the same time and waits for all:
    /// `parallel(4, i -> IO.println("I am " + i))`.
    ///
    /// The first exception thrown arrives here, with the others suppressed in it, after all
    /// threads have ended. Interrupting the caller interrupts the threads.
    ///
    /// @param count  at least 1
    /// @param body   gets the thread's number, 0 to `count - 1`
    public static void parallel(int count, IndexedBody body) {
        Parallel.run(count, body);
    }

    /// Runs each body on a thread of its own, all at the same time, and waits for all:
    /// `parallel(() -> left(), () -> right())`. Exceptions and interruption as in the other
    /// `parallel`.
    public static void parallel(Body... bodies) {
        Parallel.run(List.of(bodies));
    }

    /// Lets the calling thread wait without using a core: `sleep(100)`.
    ///
    /// @param millis  milliseconds, at least 0
    public static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(requireNotNegative("sleep", millis));
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("sleep(%d)".formatted(millis));
        }
    }

    /// Keeps the calling thread's core busy with a fixed amount of work: `burn(400 / workers)`.
    ///
    /// The amount was measured once to take about `millis` on a free core; on a core that is
    /// shared it takes longer. The first call in a JVM measures it, which takes about 100 ms more.
    ///
    /// @param millis  milliseconds on a free core, at least 0
    public static void burn(double millis) {
        Burner.calibrated().burn(millis);
    }

    /// {@return how long one run of the body took on the calling thread}:
    /// `time(() -> sleep(100)).millis()`
    public static Timed time(Body body) {
        return Timed.of(body);
    }

    /// Runs the body `count` times, one run after the other: `times(1000, () -> counter++)`.
    ///
    /// Does not look whether the thread was interrupted: what it repeats may be one addition.
    ///
    /// @param count  at least 0
    public static void times(long count, Body body) {
        requireNotNegative("times", count);
        BodyFailedException.unchecked(() -> {
            for (long done = 0; done < count; done++) {
                body.run();
            }
        });
    }

    /// Repeats until the condition holds, for at most so long:
    /// `until(3000, () -> race() != 2000)`.
    ///
    /// @param limitMillis  milliseconds after which no further try begins, at least 0
    /// @return how often it was tried and whether it was seen; shows itself
    public static Attempts until(long limitMillis, Condition condition) {
        return Attempts.until(limitMillis, condition);
    }

    /// {@return a comparison of ways to do the same, to which variants are added}:
    /// `compare(9).run("plain", () -> plain()).run("locked", () -> locked()).chart()`
    ///
    /// Measures when somebody first looks at it.
    ///
    /// @param rounds  how often each variant is measured, at least 5
    public static Comparison compare(int rounds) {
        return Comparison.ofRounds(rounds);
    }

    /// {@return how much faster the body runs with more workers}:
    /// `speedup("primes", w -> parallel(w, i -> count(i, w)), 1, 2, 4)`
    ///
    /// Takes up to 8 s; says why instead of a number where other programs were in the way.
    ///
    /// @param body     does the whole work with as many workers as it is told, and waits for them
    /// @param workers  numbers of workers, each at least 1; none: 1, 2, 4 and so on to twice the
    ///                 cores
    public static Speedup speedup(String name, IndexedBody body, int... workers) {
        return Speedup.measure(name, body, workers);
    }

    /// {@return what this notebook runs on}: cores, how many of them count, the JVM, who else is
    /// busy
    ///
    /// Measures, which takes one to two seconds.
    public static MachineCard machine() {
        return MachineCard.ofThisMachine();
    }

    /// {@return the id of this process in the operating system}
    public static long pid() {
        return ProcessHandle.current().pid();
    }

    /// Shows a value under the cell, before the cell ends: `var id = display("working")`.
    ///
    /// @return the display id for [#updateDisplay]
    public static String display(Object value) {
        return Screen.current().display(value);
    }

    /// Shows a value in the place of what was shown under the id: `updateDisplay(id, "done")`.
    public static void updateDisplay(String id, Object value) {
        Screen.current().update(id, value);
    }

    /// {@return a program that is to be explored, to which threads are added}:
    /// `explore().thread("A", () -> left()).thread("B", () -> right()).outcome(() -> "done")`
    ///
    /// Runs every interleaving of its threads when somebody first looks at the outcomes.
    public static Exploration explore() {
        return Exploration.of(() -> {});
    }

    /// {@return a program that is to be explored, to which threads are added}:
    /// `explore(() -> x = 2).thread("T1", () -> x = x + 1).thread("T2", () -> x = x * 2).outcome(() -> x)`
    ///
    /// @param setup  runs before every schedule: sets what the threads change
    public static Exploration explore(Body setup) {
        return Exploration.of(setup);
    }

    /// {@return an explored program in your hands: you say which thread does the next step}:
    /// `play(dead).step("A").step("B")`
    public static Play play(Outcomes program) {
        return program.play();
    }

    /// {@return what comes out of an explored program on this machine}:
    /// `lesson.vs(stress(200_000, lesson)).chart()`
    ///
    /// Runs it so often, or for 2 s. Where it uses top-level variables alone, it is run in many copies that have
    /// their own; otherwise its variables keep what the last run left in them.
    ///
    /// @param runs  at least 1
    public static Observed stress(long runs, Outcomes program) {
        return Observed.of(runs, program.trial());
    }

    /// {@return the deadlock that a program runs into on real threads}, or that it did not in this time:
    /// `watch(500, () -> parallel(() -> ra(), () -> rb())).waitsFor()`
    ///
    /// Runs it once. Ends the program's threads as soon as they wait for each other, or when the time is
    /// over; a thread that waits to enter a monitor cannot be ended and is named.
    ///
    /// @param limitMillis  milliseconds, at least 1
    public static Caught watch(long limitMillis, Body program) {
        return Watch.of(watchable(limitMillis), program);
    }

    /// {@return the deadlock that an explored program runs into on real threads}, or that it did not in this
    /// time: `watch(500, dead).waitsFor()`
    ///
    /// Runs it over and over until it deadlocks or the time is over; otherwise like the other `watch`. Its
    /// variables keep what the last run left in them.
    ///
    /// @param limitMillis  milliseconds, at least 1
    public static Caught watch(long limitMillis, Outcomes program) {
        return Watch.of(watchable(limitMillis), program.trial());
    }

    /// {@return what the threads of one run did, and what they waited for}:
    /// `trace(() -> parallel(4, i -> burn(150))).chart()`
    ///
    /// Runs the code once, as it is, on the calling thread. What it throws arrives here, with the
    /// timeline until then shown above.
    public static Timeline trace(Body body) {
        Burner.calibrated(); // or the first burn would measure it in the midst of the program
        return Tracing.of(body);
    }

    /// {@return how the scheduler divides the cores among threads that never wait}: `slices(4, 300).chart()`
    ///
    /// @param threads  how many, 1 to 64
    /// @param millis   for how long, 1 to 10 000 milliseconds
    public static Slices slices(int threads, long millis) {
        return Slices.of(threads, millis);
    }

    /// Runs the body, and the threads that it starts, on a single core:
    /// `pinned(() -> parallel(4, i -> burn(100)))`
    ///
    /// Linux can do that; elsewhere it says so and runs on all cores. Virtual threads and older pools stay on
    /// all cores.
    public static void pinned(Body body) {
        Burner.calibrated(); // on all cores, and not in the midst of the program
        OneCore.run(body);
    }

    private static Duration watchable(long limitMillis) {
        if (limitMillis < 1) {
            throw new IllegalArgumentException("watch needs at least 1 ms, found %d".formatted(limitMillis));
        }
        return Duration.ofMillis(limitMillis);
    }

    /// Notes what you expect, before you see it: `predict("03-predict-finish", 1, 2)`.
    ///
    /// @param values  at least one; a later prediction takes the place of an earlier one
    /// @throws IllegalArgumentException  if there is no such exercise, or it asks for no
    ///                                   prediction
    public static Predicted predict(String id, Object... values) {
        return EXERCISES.predict(id, values);
    }

    /// Judges what was predicted, found, repaired or measured:
    /// `check("03-fix-counter", offices)`, after `var offices = explore(…)`.
    ///
    /// A program is judged over all its schedules; one in which it is wrong is shown. Tells the answer of
    /// a prediction only to those who have predicted.
    ///
    /// @param values  what the exercise asks for: an explored program, a schedule, a measurement
    /// @throws CheckFailed  if it is not right yet; the message is one line that helps
    public static Passed check(String id, Object... values) {
        return EXERCISES.check(id, values);
    }

    /// {@return the hints of an exercise, one more with each call}: `hint("03-fix-counter")`
    public static Hint hint(String id) {
        return EXERCISES.hint(id);
    }

    /// {@return a lock like CPython's global one}: `parallel(2, i -> gil.run(() -> burn(200)))`, after
    /// `var gil = globalLock(5)`
    ///
    /// @param switchMillis  how long a thread may keep it while another wants it, in milliseconds, more than 0;
    ///                      CPython's is 5
    public static GlobalLock globalLock(double switchMillis) {
        return GlobalLock.of(switchMillis);
    }

    /// {@return what it costs to count references, and whether the count is right}: plainly, under a global lock,
    /// with a lock, atomically, biased
    ///
    /// Measures, which takes two to four seconds.
    public static ReferenceCounts referenceCounts() {
        return ReferenceCounts.measure();
    }

    /// {@return the real CPython beside the model}: `cpython()`, `cpython("sleep", "countdown").chart()`
    ///
    /// Runs the same workloads in both, with the switch interval that CPython has by itself, 5 ms. All of them take
    /// about half a minute.
    ///
    /// @param workloads  of `countdown`, `primes`, `processes`, `sleep`, `sha256 large`, `sha256 small`, `pbkdf2`,
    ///                   `ping`, `gather`; none: all
    /// @throws IllegalStateException  if no CPython is here
    public static ModelAndReality cpython(String... workloads) {
        return ModelAndReality.measure(5, workloads);
    }

    /// {@return the same with another switch interval}: `cpython(50, "ping")`
    ///
    /// @param switchMillis  in milliseconds, more than 0
    public static ModelAndReality cpython(double switchMillis, String... workloads) {
        return ModelAndReality.measure(switchMillis, workloads);
    }

    private static long requireNotNegative(String name, long number) {
        if (number < 0) {
            throw new IllegalArgumentException("%s needs a number of at least 0, found %d".formatted(name, number));
        }
        return number;
    }
}
