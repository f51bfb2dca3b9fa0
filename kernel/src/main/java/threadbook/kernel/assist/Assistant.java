package threadbook.kernel.assist;

import java.util.List;
import java.util.Optional;
import threadbook.kernel.protocol.MimeBundle;

/// Help while typing. Any thread may call it, also while a cell runs; it blocks while javac works.
///
/// Every position, given and returned, counts Unicode code points: 0 is before the first character.
public interface Assistant {

    /// What could stand at the cursor, best first.
    Completion complete(String code, int cursor);

    /// What stands at the cursor: signature and documentation, or nothing.
    ///
    /// @param detail  0 for a glance, 1 for all that is known
    Optional<MimeBundle> inspect(String code, int cursor, int detail);

    /// Whether the code could be run as it is.
    Completeness isComplete(String code);

    /// Candidates for the text between `start` (inclusive) and `end` (exclusive).
    record Completion(List<Candidate> candidates, int start, int end) {
        public Completion {
            candidates = List.copyOf(candidates);
        }
    }

    /// @param text       what would replace the text
    /// @param type       `function`, `class`, `instance`, `keyword`, `module`; empty where unknown
    /// @param signature  such as `(int begin, int end)`; empty where unknown
    record Candidate(String text, String type, String signature) {}

    /// Whether a front end should run the code or begin a new line.
    sealed interface Completeness {
        record Complete() implements Completeness {}

        /// @param indent  white space that the next line should begin with
        record Incomplete(String indent) implements Completeness {}

        record Invalid() implements Completeness {}
    }
}
