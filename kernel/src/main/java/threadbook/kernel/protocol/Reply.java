package threadbook.kernel.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the kernel answers, one reply per request. Its `msg_type` follows from the request's.
public sealed interface Reply {

    /// The cell ran to its end.
    ///
    /// @param count        the execution count after it
    /// @param expressions  the client's expressions, each with its value or its error
    record ExecuteReply(int count, Map<String, Expression> expressions) implements Reply {
        public ExecuteReply {
            expressions = Collections.unmodifiableMap(new LinkedHashMap<>(expressions));
        }
    }

    /// What became of one user expression.
    sealed interface Expression {
        record Shown(MimeBundle bundle) implements Expression {}

        record Failed(ErrorReport error) implements Expression {}
    }

    /// The cell did not compile, threw, or was interrupted.
    record ExecuteErrorReply(int count, ErrorReport error) implements Reply {}

    /// The cell was not run, because one before it failed or was interrupted. It has no execution
    /// count: JupyterLab would show it beside the cell as if it had run.
    record AbortedReply() implements Reply {}

    /// The request could not be answered.
    record ErrorReply(ErrorReport error) implements Reply {}

    /// What could replace the text from `start` (inclusive) to `end` (exclusive), in code points.
    record CompleteReply(List<Match> matches, int start, int end) implements Reply {
        public CompleteReply {
            matches = List.copyOf(matches);
        }
    }

    /// @param type       `function`, `class`, `instance`, `keyword`, `module`; empty where unknown
    /// @param signature  such as `(int begin, int end)`; empty where unknown
    record Match(String text, String type, String signature) {}

    /// What stands at the cursor; null if nothing is known of it.
    record InspectReply(@Nullable MimeBundle found) implements Reply {}

    /// @param status  `complete`, `incomplete` or `invalid`
    /// @param indent  what the next line should begin with; empty unless `incomplete`
    record IsCompleteReply(String status, String indent) implements Reply {}

    /// Who the kernel is.
    record KernelInfoReply(String kernelVersion, String javaVersion, String banner, List<Link> links) implements Reply {
        public KernelInfoReply {
            links = List.copyOf(links);
        }
    }

    /// An entry of the front end's help menu.
    record Link(String text, String url) {}

    /// Where the kernel listens.
    record ConnectReply(Ports ports) implements Reply {}

    /// Earlier cells, oldest first; `withOutput` as it was asked.
    record HistoryReply(List<Line> lines, boolean withOutput) implements Reply {
        public HistoryReply {
            lines = List.copyOf(lines);
        }
    }

    /// @param output  the cell's result as plain text; null if it had none
    record Line(
            int session, int number, String input, @Nullable String output) {}

    /// This kernel opens no comms, so none is open.
    record CommInfoReply() implements Reply {}

    record InterruptReply() implements Reply {}

    record ShutdownReply(boolean restart) implements Reply {}
}
