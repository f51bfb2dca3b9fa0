package threadbook.lab.gil;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import threadbook.lab.thread.WaitInterruptedException;

/// One real CPython, as a program to be run.
///
/// @param program  the executable
record Interpreter(Path program) {
    private static final Duration PATIENCE = Duration.ofSeconds(60); // for one workload
    private static final List<String> FREE_THREADED = List.of("python3.15t", "python3.14t", "python3.13t");

    /// {@return the CPython of the environment that the kernel is installed in, or else the first on the path}
    ///
    /// @throws IllegalStateException  if there is none
    static Interpreter find() {
        return named(List.of("python", "python3"))
                .orElseThrow(() -> new IllegalStateException(
                        "There is no CPython here: expected bin/python in the environment of this kernel, or python3 on the PATH (%s)."
                                        .formatted(System.getenv("PATH"))
                                + "\nInstall Python 3, or set THREADBOOK_PYTHON to one."));
    }

    /// {@return a CPython that is built without a global lock, if one is here}
    static Optional<Interpreter> findFreeThreaded() {
        return inFolders(FREE_THREADED);
    }

    private static Optional<Interpreter> named(List<String> names) {
        String set = System.getenv("THREADBOOK_PYTHON");
        return set == null || set.isBlank() ? inFolders(names) : Optional.of(new Interpreter(Path.of(set)));
    }

    private static Optional<Interpreter> inFolders(List<String> names) {
        Stream<Path> onPath = Stream.of(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
        return Stream.concat(environment().stream(), onPath)
                .flatMap(folder -> names.stream().map(folder::resolve))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(Interpreter::new);
    }

    /// {@return where the programs of the environment are that the library's jar lies in},
    /// `PREFIX/share/threadbook/lib`
    private static Optional<Path> environment() {
        try {
            var source = Interpreter.class.getProtectionDomain().getCodeSource();
            if (source == null) {
                return Optional.empty();
            }
            Path jar = Path.of(source.getLocation().toURI());
            return jar.getNameCount() > 4
                    ? Optional.of(jar.resolve("../../../../bin").normalize()).filter(Files::isDirectory)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the library's own place", e);
        }
    }

    /// Is told the lines that the program prints, while it runs.
    @FunctionalInterface
    interface Reader {
        void line(String line) throws IOException, InterruptedException;
    }

    /// Runs the workloads' script. The program and what it has started end with this call, however it ends.
    ///
    /// @throws IllegalStateException     if the program fails, or is not done after a minute
    /// @throws WaitInterruptedException  if the thread is interrupted
    void run(Reader reader, String... arguments) {
        Path script = script();
        var command = new ArrayList<>(List.of(program.toString(), "-I", script.toString()));
        command.addAll(List.of(arguments));
        Process process = null;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File(nowhere())))
                    .start();
            read(process, reader, command);
        } catch (InterruptedException _) {
            throw WaitInterruptedException.restoringFlag("cpython");
        } catch (IOException e) {
            throw new IllegalStateException("%s could not be run: %s".formatted(command, e.getMessage()), e);
        } finally {
            if (process != null) {
                end(process);
            }
            script.toFile().delete();
        }
    }

    private static String nowhere() {
        return File.separatorChar == '/' ? "/dev/null" : "NUL";
    }

    private static void read(Process process, Reader reader, List<String> command)
            throws IOException, InterruptedException {
        // Another thread reads, because nobody can interrupt a read; it ends with the process.
        var lines = new LinkedBlockingQueue<Optional<String>>();
        Thread.ofPlatform().daemon(true).name("cpython output").start(() -> {
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(line -> lines.add(Optional.of(line)));
            } catch (IOException | java.io.UncheckedIOException _) {
                // the process was ended while it was read
            } finally {
                lines.add(Optional.empty());
            }
        });
        var said = new ArrayList<String>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<String> line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IllegalStateException(
                        "%s was not done after %d s and was ended.".formatted(command, PATIENCE.toSeconds()));
            }
            if (line.isEmpty()) {
                break;
            }
            said.add(line.get());
            reader.line(line.get());
        }
        if (!process.waitFor(5, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("%s ended with %s. It said:%n%s"
                    .formatted(
                            command,
                            process.isAlive() ? "nothing" : process.exitValue(),
                            String.join("\n", said.subList(Math.max(0, said.size() - 15), said.size()))));
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private static Path script() {
        try (InputStream source = Interpreter.class.getResourceAsStream("workloads.py")) {
            Path file = Files.createTempFile("threadbook-workloads-", ".py");
            Files.write(
                    file,
                    Objects.requireNonNull(source, "workloads.py lies beside this class")
                            .readAllBytes());
            return file;
        } catch (IOException e) {
            throw new IllegalStateException("The script for CPython could not be written to a temporary file", e);
        }
    }
}
