package threadbook.lab.gil;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// The workloads on a real CPython.
///
/// @param switchMillis  as `sys.setswitchinterval` sets it
record Reality(Interpreter python, double switchMillis) {

    /// {@return such as `3.11.2`}
    String version() {
        var version = new AtomicReference<>("");
        python.run(line -> version.set(line.replaceFirst("version ", "")), seconds(), "version");
        return version.get();
    }

    /// {@return times by numbers of workers, best of the rounds}
    Times measure(Workload workload, int rounds) {
        var times = new Times();
        python.run(
                line -> {
                    String[] words = words(line, 2);
                    times.add(Integer.parseInt(words[0]), Double.parseDouble(words[1]));
                },
                Stream.concat(
                                Stream.of(seconds(), workload.name(), String.valueOf(rounds)),
                                workload.workers().stream().map(String::valueOf))
                        .toArray(String[]::new));
        return times;
    }

    /// {@return seconds until asyncio has gathered 10 000 sleeps of a second}
    double gather() {
        var took = new AtomicReference<Double>();
        python.run(line -> took.set(Double.parseDouble(words(line, 2)[1])), seconds(), Workload.GATHER);
        return took.get();
    }

    /// @param beside  threads that calculate beside the server
    /// @return what the asker measured
    long[] ping(int beside, Pings asker) {
        var took = new AtomicReference<long[]>();
        python.run(
                line -> took.set(asker.ask(Integer.parseInt(words(line, 2)[1]))),
                seconds(),
                Workload.PING,
                String.valueOf(beside));
        return took.get();
    }

    private static String[] words(String line, int count) throws IOException {
        String[] words = line.strip().split(" ");
        if (words.length != count) {
            throw new IOException("expected %d words of CPython, found \"%s\"".formatted(count, line));
        }
        return words;
    }

    private String seconds() {
        return String.valueOf(switchMillis / 1000);
    }
}
