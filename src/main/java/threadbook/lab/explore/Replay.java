package threadbook.lab.explore;

import java.util.List;
import java.util.Map;
import threadbook.lab.explore.engine.Operation;
import threadbook.lab.explore.search.Ending;

/// One schedule, step by step: what each thread did and what it found.
///
/// The same program run again gives an equal one. It shows itself as a table with a column for each
/// thread; where scripts run, one can go through it with the arrow keys.
///
/// @param program  names of the threads, in the order of their columns
/// @param begin    what the shared variables held before the first step, as text by name
/// @param steps    in their order
/// @param ending   what came out; empty if the schedule goes on
/// @param waits    where threads wait for ever at its end, by thread
public record Replay(
        List<String> program, Map<String, String> begin, List<Moment> steps, String ending, List<Wait> waits) {
    public Replay {
        program = List.copyOf(program);
        steps = List.copyOf(steps);
        waits = List.copyOf(waits);
    }

    /// One step.
    ///
    /// @param thread      who did it
    /// @param file        the source, such as `cell 7`
    /// @param line        its line, from 1; -1 if unknown
    /// @param source      the text of that line, empty if nobody knows it
    /// @param verb        what was done, as in "read"
    /// @param object      with what, as in "counter"; empty if there is nothing to name
    /// @param value       what was read or written, or whether a `tryLock` has locked; empty if there is none
    /// @param variables   what the shared variables hold now, by name
    /// @param held        which locks the threads hold now, by thread; only those that hold any
    /// @param lost        whether it overwrote what this thread had not seen
    /// @param switched    whether another thread did the step before
    /// @param preempted   whether that one could have gone on
    /// @param printed     what the thread printed after it, before its next step
    public record Moment(
            String thread,
            String file,
            int line,
            String source,
            String verb,
            String object,
            String value,
            Map<String, String> variables,
            Map<String, List<String>> held,
            boolean lost,
            boolean switched,
            boolean preempted,
            String printed) {

        /// {@return what was done}, as in "read x = 2" or "tryLock a: false"
        public String text() {
            boolean access = verb.equals("read") || verb.equals("write");
            String named = object.isEmpty() ? verb : verb + " " + object;
            return access ? named + " = " + value : value.isEmpty() ? named : named + ": " + value;
        }

        /// {@return where}, as in "cell 7, line 3"
        public String place() {
            return Replay.place(file, line);
        }

        Moment printing(String text) {
            return new Moment(
                    thread, file, line, source, verb, object, value, variables, held, lost, switched, preempted, text);
        }
    }

    /// A thread that waits for ever.
    ///
    /// @param thread   who waits
    /// @param verb     with what, as in "lock"
    /// @param object   for what, as in "b"
    /// @param holders  the threads that hold it; empty if nobody does
    /// @param file     where it waits
    /// @param line     its line, -1 if unknown
    public record Wait(String thread, String verb, String object, List<String> holders, String file, int line) {

        private static final String WAKE = "wake up from ";

        static Wait of(String thread, Operation operation, String object) {
            var holders = operation.holders().stream().map(Object::toString).toList();
            return new Wait(
                    thread,
                    operation.verb(),
                    object,
                    holders,
                    operation.site().file(),
                    operation.site().line());
        }

        /// {@return who waits for what}, as in "A waits for b, which B holds (cell 7, line 3)"
        public String text() {
            return "%s %s (%s)".formatted(thread, reason(), Replay.place(file, line));
        }

        /// {@return for what}, as in "waits for b, which B holds"
        String reason() {
            if (object.isEmpty()) {
                return "waits (%s)".formatted(verb);
            }
            if (verb.equals("join") && !holders.isEmpty()) {
                return "waits for the end of " + String.join(" and ", holders);
            }
            if (verb.startsWith(WAKE)) {
                String call = verb.endsWith("await") ? "signal" : "notify";
                return holders.isEmpty()
                        ? "waits at %s for a %s".formatted(object, call)
                        : "is awake after a %s and waits for %s, which %s".formatted(call, object, held());
            }
            String with = verb.equals("lock") || verb.equals("enter") ? "" : " (%s)".formatted(verb);
            return holders.isEmpty()
                    ? "waits for %s%s".formatted(object, with)
                    : "waits for %s%s, which %s".formatted(object, with, held());
        }

        private String held() {
            return holders.equals(List.of(thread))
                    ? "it holds itself"
                    : String.join(" and ", holders) + (holders.size() == 1 ? " holds" : " hold");
        }
    }

    /// {@return whether it was cut because no end was in sight}; then [#ending] says which steps repeat
    public boolean endless() {
        return ending.startsWith(Ending.ENDLESS) || ending.startsWith(Ending.LIVELOCK);
    }

    /// {@return where something is in the source}, as in "cell 7, line 3"
    public static String place(String file, int line) {
        return line < 0 ? file : file + ", line " + line;
    }

    /// {@return the table as html and as text}
    public Map<String, String> mimeBundle() {
        return ReplayView.of(this);
    }

    /// {@return the table as text}
    @Override
    public String toString() {
        return ReplayText.of(this);
    }
}
