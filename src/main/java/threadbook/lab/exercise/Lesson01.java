package threadbook.lab.exercise;

import java.util.List;

/// The exercises of lesson 01, processes.
final class Lesson01 {
    private Lesson01() {}

    static List<Exercise> exercises() {
        return List.of(saved(), pipe(), startup());
    }

    /// A thread that saves a report and is a daemon or not, joined or not, in four JVMs.
    static SurvivingReports saved() {
        return new SurvivingReports(
                "01-predict-saved",
                List.of(
                        "When does a JVM end: when main has ended, or when something else has, too?",
                        "A JVM waits for its threads, but not for daemons. And main itself may wait, by join.",
                        "Only one of the four is lost: that for which nobody waits."));
    }

    /// A process that reads one pipe to its end while the other one fills.
    static DrainedPipe pipe() {
        return new DrainedPipe(
                "01-fix-pipe",
                List.of(
                        "What does the program wait for, and what does its reader wait for?",
                        "A pipe holds only so much. Who has to read the errors while the output is read?",
                        "Read the errors on a thread of their own, or let run do it: run(\"sh\", \"-c\", …)."));
    }

    /// How many times as long as `true` does a JVM take?
    static StartupClaim startup() {
        return new StartupClaim(
                "01-claim-startup",
                List.of(
                        "Which two numbers of your measurement does the question compare?",
                        "Divide the median of the JVM by that of true.",
                        "starts.get(\"java\") / starts.get(\"true\"), rounded."));
    }
}
