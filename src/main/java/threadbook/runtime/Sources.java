package threadbook.runtime;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Who knows the text of a line: the kernel, which has the cells. Any thread may ask.
///
/// In a program without a kernel nobody knows any.
@FunctionalInterface
public interface Sources {

    /// {@return a line as it was typed, without the spaces around it}; empty if it is not known
    ///
    /// @param file  the name in stack traces, such as `cell 7`
    /// @param line  from 1
    Optional<String> line(String file, int line);

    /// {@return who is asked}
    static Sources current() {
        return NobodyKnows.CURRENT.get();
    }

    /// Puts somebody in charge, for the kernel when it starts.
    ///
    /// @return who was
    static Sources install(Sources sources) {
        return NobodyKnows.CURRENT.getAndSet(sources);
    }
}

/// Knows no line.
final class NobodyKnows {
    static final AtomicReference<Sources> CURRENT = new AtomicReference<>((file, line) -> Optional.empty());

    private NobodyKnows() {}
}
