/// One run of unchanged code, recorded: what each of its threads did and what it waited for.
///
/// The way of a run: [threadbook.lab.trace.Tracing] runs the code once; meanwhile the woven sites write into
/// the `Ring` of their thread (`Recorder`), the JVM's flight recorder notes what is not woven (`Flight`), and
/// `CoreSampler` asks Linux who waits for a core. Afterwards `Merge` puts the three together into lanes, and the
/// [threadbook.lab.trace.Timeline] shows them.
///
/// Times are nanoseconds of [System#nanoTime], from when the code began.
@NullMarked
package threadbook.lab.trace;

import org.jspecify.annotations.NullMarked;
