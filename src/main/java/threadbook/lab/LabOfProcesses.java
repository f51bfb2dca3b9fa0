package threadbook.lab;

import threadbook.lab.process.ChildBuilder;
import threadbook.lab.process.ChildRun;
import threadbook.lab.process.Command;
import threadbook.lab.process.ProcessPool;
import threadbook.lab.process.ProcessTree;
import threadbook.lab.process.Progress;
import threadbook.lab.process.Ran;
import threadbook.lab.process.channel.Channel;
import threadbook.lab.process.channel.Mailbox;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.Result;

/// The static names of [Lab] that have to do with processes; a cell sees them as Lab's own.
public abstract sealed class LabOfProcesses permits Lab {
    LabOfProcesses() {}

    /// Runs a program and waits for its end: `run("java", "-version").exit()`.
    ///
    /// A list of texts, not a line for a shell. For a time limit, an input or another folder see [#command].
    ///
    /// @return how it ended and what it wrote, whatever its exit code
    public static Ran run(String... command) {
        return Command.of(command).run();
    }

    /// {@return a program that is not run yet}: `command("sort").input("b\na\n").timeout(1000).run()`
    public static Command command(String... command) {
        return Command.of(command);
    }

    /// {@return this notebook's process and all that it has started}
    public static ProcessTree processTree() {
        return ProcessTree.ofThisProcess();
    }

    /// {@return a process that is not started yet}: `process("p1", () -> work()).daemon(true).start()`
    ///
    /// Its body runs in a JVM of its own, with copies of the variables that it reads.
    public static ChildBuilder<Void> process(String name, Body body) {
        return ChildBuilder.of(name, body);
    }

    /// {@return a process with a result that is not started yet}: `process("p1", () -> 6 * 7).start().result()`
    public static <T> ChildBuilder<T> process(String name, Result<T> body) {
        return ChildBuilder.of(name, body);
    }

    /// {@return a process that is not started yet}, named `process-1`, `process-2` and so on
    public static ChildBuilder<Void> process(Body body) {
        return ChildBuilder.of(body);
    }

    /// {@return a process with a result that is not started yet}, named `process-1`, `process-2` and so on
    public static <T> ChildBuilder<T> process(Result<T> body) {
        return ChildBuilder.of(body);
    }

    /// Runs a body in a JVM of its own and waits for its end, which comes when its threads but daemons have ended:
    /// `childJvm(() -> thread(() -> IO.println("saved")).daemon(true).start()).out()`.
    ///
    /// @return its exit code and what it wrote
    public static ChildRun childJvm(Body body) {
        return ChildRun.of(body);
    }

    /// {@return processes that run lambdas}: `try (var pool = processPool(2)) { pool.map(n -> isPrime(n), numbers) }`
    ///
    /// @param processes  how many JVMs, at least 1
    public static ProcessPool processPool(int processes) {
        return ProcessPool.of(processes);
    }

    /// {@return a way for values to or from another process}: `process(() -> ch.send(1))`, after
    /// `var ch = channel(Integer.class)`
    ///
    /// Over a Unix socket; see also [Channel#overPipe] and [Channel#overMemory].
    public static <T> Channel<T> channel(Class<T> type) {
        return Channel.of(type);
    }

    /// {@return a place for the newest value of a producer}: `newest.put(frame)`, `newest.take()`
    public static <T> Mailbox<T> mailbox(Class<T> type) {
        return new Mailbox<>();
    }

    /// {@return a bar that shows how far something has come}: `progress("report", 100).set(7)`
    ///
    /// @param total  what it will come to, at least 1
    public static Progress progress(String name, long total) {
        return Progress.of(name, total);
    }
}
