package threadbook.kernel.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.ErrorReport;
import threadbook.kernel.protocol.InputRequest;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.ClearOutput;
import threadbook.kernel.protocol.Publication.CommClosed;
import threadbook.kernel.protocol.Publication.DisplayData;
import threadbook.kernel.protocol.Publication.ErrorOutput;
import threadbook.kernel.protocol.Publication.ExecuteInput;
import threadbook.kernel.protocol.Publication.ExecuteResult;
import threadbook.kernel.protocol.Publication.ShutdownNotice;
import threadbook.kernel.protocol.Publication.State;
import threadbook.kernel.protocol.Publication.Status;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.protocol.Publication.UpdateDisplayData;
import threadbook.kernel.protocol.Reply;

/// Writes the content of what the kernel says: the fields between the braces of a JSON object.
final class ContentWriter {
    private final JsonGenerator json;

    ContentWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Publication publication) throws IOException {
        switch (publication) {
            case Status(State state) -> json.writeStringField("execution_state", lower(state));
            case Stream(Stream.Name name, String text) -> {
                json.writeStringField("name", lower(name));
                json.writeStringField("text", text);
            }
            case DisplayData(MimeBundle bundle, String id) -> display(bundle, id);
            case UpdateDisplayData(MimeBundle bundle, String id) -> display(bundle, id);
            case ExecuteInput(String code, int count) -> {
                json.writeStringField("code", code);
                json.writeNumberField("execution_count", count);
            }
            case ExecuteResult(int count, MimeBundle bundle) -> {
                json.writeNumberField("execution_count", count);
                display(bundle, null);
            }
            case ErrorOutput(ErrorReport error) -> error(error);
            case ClearOutput(boolean later) -> json.writeBooleanField("wait", later);
            case CommClosed(String id) -> {
                json.writeStringField("comm_id", id);
                json.writeObjectFieldStart("data");
                json.writeEndObject();
            }
            case ShutdownNotice(boolean restart) -> {
                json.writeStringField("status", "ok");
                json.writeBooleanField("restart", restart);
            }
        }
    }

    void write(InputRequest question) throws IOException {
        json.writeStringField("prompt", question.prompt());
        json.writeBooleanField("password", question.password());
    }

    void write(Reply reply) throws IOException {
        new ReplyWriter(json, this).write(reply);
    }

    void error(ErrorReport error) throws IOException {
        json.writeStringField("ename", error.name());
        json.writeStringField("evalue", error.value());
        json.writeArrayFieldStart("traceback");
        for (String line : error.traceback()) {
            json.writeString(line);
        }
        json.writeEndArray();
    }

    /// The fields `data` and `metadata`.
    void bundle(MimeBundle bundle) throws IOException {
        json.writeObjectFieldStart("data");
        for (Map.Entry<String, String> form : bundle.data().entrySet()) {
            json.writeFieldName(form.getKey());
            form(form.getKey(), form.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("metadata");
        json.writeEndObject();
    }

    void field(String name, String value) throws IOException {
        json.writeStringField(name, value);
    }

    void empty(String... fields) throws IOException {
        for (String field : List.of(fields)) {
            json.writeObjectFieldStart(field);
            json.writeEndObject();
        }
    }

    private void display(MimeBundle bundle, @Nullable String id) throws IOException {
        bundle(bundle);
        json.writeObjectFieldStart("transient");
        if (id != null) {
            json.writeStringField("display_id", id);
        }
        json.writeEndObject();
    }

    private void form(String type, String content) throws IOException {
        JsonNode tree = type.equals("application/json") || type.endsWith("+json") ? parsed(content) : null;
        if (tree == null) {
            json.writeString(content);
        } else {
            json.writeTree(tree);
        }
    }

    /// {@return the JSON, or null if it is none}: then it travels as the string that it is,
    /// because a mistake in a user's own renderer must not cost the message
    private static @Nullable JsonNode parsed(String content) {
        try {
            JsonNode node = Json.MAPPER.readTree(content);
            return node == null || node.isMissingNode() ? null : node;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }
}
