package threadbook.kernel.jshell;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.spi.SPIResolutionException;
import threadbook.kernel.thread.KernelThread;

/// The owner of the JShell instance: everything that JShell does happens on the thread `jshell`.
///
/// Any thread may call it; each call waits for its turn on that thread, which never runs user code.
public final class Compiler implements AutoCloseable {
    private static final long STACK = 64L << 20; // javac recurses as deep as the code is nested

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> new KernelThread(task, "jshell", STACK));
    private final CompletableFuture<Workshop> workshop; // completed on the thread jshell, used only there

    private Compiler(Supplier<Workshop> opening) {
        workshop = CompletableFuture.supplyAsync(opening, thread);
    }

    /// Begins to make a compiler; returns at once.
    ///
    /// @param classPath  finds the jars and folders that cells may use; called on the thread `jshell`
    /// @param imports    the imports that every cell begins with, as source
    /// @param redefines  whether classes in use can be given new bodies; asked on the thread `jshell` when that
    ///     is first wanted
    public static Compiler start(Supplier<List<Path>> classPath, List<String> imports, BooleanSupplier redefines) {
        return new Compiler(() -> Workshop.open(classPath.get(), imports, redefines));
    }

    /// Compiles every snippet of a cell, or none.
    ///
    /// @param file       the cell's name in stack traces, such as `cell 7`
    /// @param cancelled  asked before each snippet; when true the cell is given up
    public Compilation compile(String file, String code, BooleanSupplier cancelled) {
        return turn(shop -> shop.compile(new Declared.Cell(file, code), cancelled));
    }

    /// Makes a step of a program, and all after it, as if they had never been declared.
    ///
    /// @param kept    the classes of the program that are known still, with the bytes that javac made of them
    public void revert(Program program, int step, Map<String, byte[]> kept) {
        turn(shop -> shop.revert(program, step, kept));
    }

    /// Forgets the variables `$1`, `$2` … that JShell makes for expressions, but the last few; returns at once.
    public void tidy() {
        try {
            thread.execute(() -> workshop.join().tidy());
        } catch (RejectedExecutionException closed) {
            // closed meanwhile: nothing is left to tidy
        }
    }

    /// Compiles some code now that the first cell need not wait for it; returns at once. Stops as soon as
    /// there is other work.
    public void warmUp(List<String> cells) {
        thread.execute(() -> {
            for (String cell : cells) {
                if (thread.getQueue().isEmpty()) {
                    workshop.join().rehearse(cell);
                }
            }
        });
    }

    /// {@return what to show for an exception}: one of JShell's own is said in words; any other is itself
    public Throwable explained(Throwable exception) {
        return exception instanceof SPIResolutionException unresolved
                ? turn(shop -> shop.explained(unresolved))
                : exception;
    }

    /// {@return the names of the variables, methods and types that cells have declared}
    public List<String> names() {
        return turn(Workshop::names);
    }

    /// Runs something as soon as there is no other work; returns at once.
    public void whenIdle(Runnable task) {
        thread.execute(() -> {
            if (thread.getQueue().isEmpty()) {
                task.run();
            } else {
                whenIdle(task);
            }
        });
    }

    /// {@return the names of the classes that the variables of this moment are in}
    public Set<String> variableClasses() {
        return turn(Workshop::variableClasses);
    }

    /// {@return how rejected cells are undone, in words}
    public String undoing() {
        return turn(Workshop::undoing);
    }

    /// {@return questions about source that is not to be run}
    public Analysis analysis() {
        return new Analysis(this);
    }

    <T> T ask(Function<JShell, T> question) {
        return turn(shop -> question.apply(shop.shell()));
    }

    private <T> T turn(Function<Workshop, T> work) {
        Turn<T> turn = new Turn<>(() -> work.apply(workshop.join()));
        thread.execute(turn);
        return turn.await();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
