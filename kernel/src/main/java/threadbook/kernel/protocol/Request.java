package threadbook.kernel.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client can say. One record per `msg_type`: `execute_request` is [ExecuteRequest].
///
/// A type that this kernel does not know arrives as [Unknown], and a known one whose content is
/// not what the protocol says as [Malformed]: they are data, so that they can be answered.
///
/// @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html">Messaging in Jupyter</a>
public sealed interface Request {

    /// Run one cell.
    ///
    /// @param code             Java source, possibly empty
    /// @param silent           publish nothing and leave the execution count alone
    /// @param storeHistory     count the run and remember its source; never with `silent`
    /// @param userExpressions  name to expression, evaluated after the cell if it ended well
    /// @param allowStdin       the client answers questions
    /// @param stopOnError      when this cell fails, abort the requests already queued behind it
    record ExecuteRequest(
            String code,
            boolean silent,
            boolean storeHistory,
            Map<String, String> userExpressions,
            boolean allowStdin,
            boolean stopOnError)
            implements Request {
        public ExecuteRequest {
            storeHistory &= !silent;
            userExpressions = Collections.unmodifiableMap(new LinkedHashMap<>(userExpressions));
        }
    }

    /// Ask what could stand at the cursor.
    ///
    /// @param cursor  position in `code` in Unicode code points, 0 ≤ cursor ≤ length
    record CompleteRequest(String code, int cursor) implements Request {
        public CompleteRequest {
            requireWithin(code, cursor);
        }
    }

    /// Ask what stands at the cursor.
    ///
    /// @param cursor  position in `code` in Unicode code points, 0 ≤ cursor ≤ length
    /// @param detail  0 for a glance, 1 for all that is known
    record InspectRequest(String code, int cursor, int detail) implements Request {
        public InspectRequest {
            requireWithin(code, cursor);
        }
    }

    /// Ask whether the code could be run as it is.
    record IsCompleteRequest(String code) implements Request {}

    /// Ask who the kernel is.
    record KernelInfoRequest() implements Request {}

    /// Ask for the kernel's ports.
    record ConnectRequest() implements Request {}

    /// Ask for earlier cells.
    ///
    /// @param output  with what each cell showed
    record HistoryRequest(boolean output, Selection selection) implements Request {}

    /// Which earlier cells are asked for.
    sealed interface Selection {
        /// Lines `start` (inclusive) to `stop` (exclusive; null for the end) of a session, 0 for
        /// this one.
        record Range(int session, int start, @Nullable Integer stop) implements Selection {}

        /// The last `count` lines.
        record Tail(int count) implements Selection {}

        /// The last `count` lines that match a glob pattern (`*` and `?`); `unique` keeps equal
        /// ones once.
        record Search(String pattern, int count, boolean unique) implements Selection {}
    }

    /// Ask which comms are open; null asks for those of every target.
    record CommInfoRequest(@Nullable String target) implements Request {}

    /// Open a comm at a target.
    record CommOpen(String id, String target) implements Request {}

    /// Say something on an open comm.
    record CommMessage(String id) implements Request {}

    /// Close a comm.
    record CommClose(String id) implements Request {}

    /// Stop the running cell and what is queued behind it.
    record InterruptRequest() implements Request {}

    /// End the kernel; `restart` says that the client will start another one.
    record ShutdownRequest(boolean restart) implements Request {}

    /// Answer a question of the kernel.
    ///
    /// @param value     the line, without its end
    /// @param question  `msg_id` of the [InputRequest] that it answers; empty if the client did
    ///                  not say
    record InputReply(String value, String question) implements Request {}

    /// Something that this kernel does not know; the header has its type.
    record Unknown() implements Request {}

    /// Something whose content is not what the protocol says.
    ///
    /// @param reason  which field, what was expected, what was found
    record Malformed(String reason) implements Request {}

    private static void requireWithin(String code, int cursor) {
        int length = code.codePointCount(0, code.length());
        if (cursor < 0 || cursor > length) {
            throw new MalformedMessageException("""
                    cursor_pos is %s but code has %s code points.
                    Positions count code points, not chars; 0 is before the first.\
                    """.formatted(cursor, length));
        }
    }
}
