package threadbook.kernel.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.ErrorReport;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.kernel.protocol.Ports;
import threadbook.kernel.protocol.Reply;
import threadbook.kernel.protocol.Reply.AbortedReply;
import threadbook.kernel.protocol.Reply.CommInfoReply;
import threadbook.kernel.protocol.Reply.CompleteReply;
import threadbook.kernel.protocol.Reply.ConnectReply;
import threadbook.kernel.protocol.Reply.ErrorReply;
import threadbook.kernel.protocol.Reply.ExecuteErrorReply;
import threadbook.kernel.protocol.Reply.ExecuteReply;
import threadbook.kernel.protocol.Reply.Expression;
import threadbook.kernel.protocol.Reply.HistoryReply;
import threadbook.kernel.protocol.Reply.InspectReply;
import threadbook.kernel.protocol.Reply.InterruptReply;
import threadbook.kernel.protocol.Reply.IsCompleteReply;
import threadbook.kernel.protocol.Reply.KernelInfoReply;
import threadbook.kernel.protocol.Reply.Line;
import threadbook.kernel.protocol.Reply.Link;
import threadbook.kernel.protocol.Reply.Match;
import threadbook.kernel.protocol.Reply.ShutdownReply;

/// Writes the content of a reply.
final class ReplyWriter {
    private final JsonGenerator json;
    private final ContentWriter content;

    ReplyWriter(JsonGenerator json, ContentWriter content) {
        this.json = json;
        this.content = content;
    }

    void write(Reply reply) throws IOException {
        switch (reply) {
            case ExecuteReply(int count, Map<String, Expression> expressions) -> {
                executed("ok", count);
                json.writeArrayFieldStart("payload");
                json.writeEndArray();
                expressions(expressions);
            }
            case ExecuteErrorReply(int count, ErrorReport error) -> {
                executed("error", count);
                content.error(error);
            }
            case AbortedReply() -> status("aborted");
            case ErrorReply(ErrorReport error) -> {
                status("error");
                content.error(error);
            }
            case CompleteReply complete -> complete(complete);
            case InspectReply(MimeBundle found) -> inspect(found);
            case IsCompleteReply(String status, String indent) -> {
                status(status);
                if (status.equals("incomplete")) {
                    json.writeStringField("indent", indent);
                }
            }
            case KernelInfoReply info -> kernelInfo(info);
            case ConnectReply(Ports ports) -> {
                status("ok");
                json.writeNumberField("shell_port", ports.shell());
                json.writeNumberField("iopub_port", ports.iopub());
                json.writeNumberField("stdin_port", ports.stdin());
                json.writeNumberField("hb_port", ports.heartbeat());
                json.writeNumberField("control_port", ports.control());
            }
            case HistoryReply(List<Line> lines, boolean withOutput) -> history(lines, withOutput);
            case CommInfoReply() -> {
                status("ok");
                content.empty("comms");
            }
            case InterruptReply() -> status("ok");
            case ShutdownReply(boolean restart) -> {
                status("ok");
                json.writeBooleanField("restart", restart);
            }
        }
    }

    private void status(String status) throws IOException {
        json.writeStringField("status", status);
    }

    private void executed(String status, int count) throws IOException {
        status(status);
        json.writeNumberField("execution_count", count);
    }

    private void expressions(Map<String, Expression> expressions) throws IOException {
        json.writeObjectFieldStart("user_expressions");
        for (Map.Entry<String, Expression> named : expressions.entrySet()) {
            json.writeObjectFieldStart(named.getKey());
            switch (named.getValue()) {
                case Expression.Shown(MimeBundle bundle) -> {
                    status("ok");
                    content.bundle(bundle);
                }
                case Expression.Failed(ErrorReport error) -> {
                    status("error");
                    content.error(error);
                }
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void complete(CompleteReply complete) throws IOException {
        status("ok");
        json.writeArrayFieldStart("matches");
        for (Match match : complete.matches()) {
            json.writeString(match.text());
        }
        json.writeEndArray();
        json.writeNumberField("cursor_start", complete.start());
        json.writeNumberField("cursor_end", complete.end());
        json.writeObjectFieldStart("metadata");
        json.writeArrayFieldStart("_jupyter_types_experimental");
        for (Match match : complete.matches()) {
            json.writeStartObject();
            json.writeNumberField("start", complete.start());
            json.writeNumberField("end", complete.end());
            json.writeStringField("text", match.text());
            json.writeStringField("type", match.type());
            json.writeStringField("signature", match.signature());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void inspect(@Nullable MimeBundle found) throws IOException {
        status("ok");
        json.writeBooleanField("found", found != null);
        if (found == null) {
            content.empty("data", "metadata");
        } else {
            content.bundle(found);
        }
    }

    private void kernelInfo(KernelInfoReply info) throws IOException {
        status("ok");
        json.writeStringField("protocol_version", WireCodec.PROTOCOL_VERSION);
        json.writeStringField("implementation", "threadbook");
        json.writeStringField("implementation_version", info.kernelVersion());
        json.writeObjectFieldStart("language_info");
        // The names that IJava and JJava use: notebooks carry them, and exports are coloured by them.
        json.writeStringField("name", "Java");
        json.writeStringField("version", info.javaVersion());
        json.writeStringField("mimetype", "text/x-java-source");
        json.writeStringField("file_extension", ".jshell");
        json.writeStringField("pygments_lexer", "java");
        json.writeStringField("codemirror_mode", "java");
        json.writeEndObject();
        json.writeStringField("banner", info.banner());
        json.writeBooleanField("debugger", false);
        json.writeArrayFieldStart("help_links");
        for (Link link : info.links()) {
            json.writeStartObject();
            json.writeStringField("text", link.text());
            json.writeStringField("url", link.url());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("supported_features");
        json.writeEndArray();
    }

    private void history(List<Line> lines, boolean withOutput) throws IOException {
        status("ok");
        json.writeArrayFieldStart("history");
        for (Line line : lines) {
            json.writeStartArray();
            json.writeNumber(line.session());
            json.writeNumber(line.number());
            if (withOutput) {
                json.writeStartArray();
                json.writeString(line.input());
                json.writeString(line.output());
                json.writeEndArray();
            } else {
                json.writeString(line.input());
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
