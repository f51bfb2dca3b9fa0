package threadbook.lab.explore;

import java.util.List;
import java.util.Map;

/// One schedule, step by step: what each thread did and what it found.
///
/// The same program run again gives an equal one.
///
/// @param program  names of the threads, in the order of their columns
/// @param begin    what the shared variables held before the first step, as text by name
/// @param steps    in their order
/// @param ending   what came out
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
    /// @param verb        what was done, as in "read"
    /// @param object      with what, as in "counter"
    /// @param value       what was read or written, as text; empty if there is no value
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
            String verb,
            String object,
            String value,
            Map<String, String> variables,
            Map<String, List<String>> held,
            boolean lost,
            boolean switched,
            boolean preempted,
            String printed) {}

    /// A thread that waits for ever.
    ///
    /// @param thread  who waits
    /// @param verb    with what, as in "lock"
    /// @param object  for what, as in "b"
    /// @param holders  the threads that hold it; empty if nobody does
    /// @param file    where it waits
    /// @param line    its line
    public record Wait(String thread, String verb, String object, List<String> holders, String file, int line) {}
}
