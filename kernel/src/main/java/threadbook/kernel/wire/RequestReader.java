package threadbook.kernel.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import threadbook.kernel.protocol.MalformedMessageException;
import threadbook.kernel.protocol.Request;
import threadbook.kernel.protocol.Request.CommClose;
import threadbook.kernel.protocol.Request.CommInfoRequest;
import threadbook.kernel.protocol.Request.CommMessage;
import threadbook.kernel.protocol.Request.CommOpen;
import threadbook.kernel.protocol.Request.CompleteRequest;
import threadbook.kernel.protocol.Request.ConnectRequest;
import threadbook.kernel.protocol.Request.ExecuteRequest;
import threadbook.kernel.protocol.Request.HistoryRequest;
import threadbook.kernel.protocol.Request.InputReply;
import threadbook.kernel.protocol.Request.InspectRequest;
import threadbook.kernel.protocol.Request.InterruptRequest;
import threadbook.kernel.protocol.Request.IsCompleteRequest;
import threadbook.kernel.protocol.Request.KernelInfoRequest;
import threadbook.kernel.protocol.Request.Selection;
import threadbook.kernel.protocol.Request.ShutdownRequest;
import threadbook.kernel.protocol.Request.Unknown;

/// The content of a message as a [Request]: one case for each `msg_type`.
final class RequestReader {
    private RequestReader() {}

    /// @throws MalformedMessageException  if a field is missing or is not what the protocol says
    static Request read(String type, Json content, Json parent) {
        return switch (type) {
            case "execute_request" -> execute(content);
            case "complete_request" -> {
                String code = content.text("code");
                yield new CompleteRequest(code, cursor(content, code));
            }
            case "inspect_request" -> {
                String code = content.text("code");
                yield new InspectRequest(code, cursor(content, code), content.number("detail_level", 0));
            }
            case "is_complete_request" -> new IsCompleteRequest(content.text("code"));
            case "kernel_info_request" -> new KernelInfoRequest();
            case "connect_request" -> new ConnectRequest();
            case "history_request" -> new HistoryRequest(content.flag("output", false), selection(content));
            case "comm_info_request" ->
                new CommInfoRequest(content.has("target_name") ? content.text("target_name") : null);
            case "comm_open" -> new CommOpen(content.text("comm_id"), content.text("target_name", ""));
            case "comm_msg" -> new CommMessage(content.text("comm_id"));
            case "comm_close" -> new CommClose(content.text("comm_id"));
            case "interrupt_request" -> new InterruptRequest();
            case "shutdown_request" -> new ShutdownRequest(content.flag("restart", false));
            case "input_reply" -> new InputReply(content.text("value", ""), parent.text("msg_id", ""));
            default -> new Unknown();
        };
    }

    private static ExecuteRequest execute(Json content) {
        return new ExecuteRequest(
                content.text("code"),
                content.flag("silent", false),
                content.flag("store_history", true),
                expressions(content.child("user_expressions")),
                content.flag("allow_stdin", true),
                content.flag("stop_on_error", true));
    }

    private static Map<String, String> expressions(Json child) {
        var expressions = new LinkedHashMap<String, String>();
        child.node().fieldNames().forEachRemaining(name -> expressions.put(name, child.text(name)));
        return expressions;
    }

    private static int cursor(Json content, String code) {
        return content.number("cursor_pos", code.codePointCount(0, code.length()));
    }

    private static Selection selection(Json content) {
        String access = content.text("hist_access_type", "range");
        return switch (access) {
            case "range" ->
                new Selection.Range(
                        content.number("session", 0),
                        content.number("start", 0),
                        content.has("stop") ? (Integer) content.number("stop") : null);
            case "tail" -> new Selection.Tail(content.number("n", Integer.MAX_VALUE));
            case "search" ->
                new Selection.Search(
                        content.text("pattern", "*"),
                        content.number("n", Integer.MAX_VALUE),
                        content.flag("unique", false));
            default ->
                throw new MalformedMessageException(
                        "content.hist_access_type is %s, expected range, tail or search".formatted(access));
        };
    }
}
