package threadbook.kernel.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.Header;
import threadbook.kernel.protocol.InputRequest;
import threadbook.kernel.protocol.MalformedMessageException;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Origin.Door;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.State;
import threadbook.kernel.protocol.Publication.Status;
import threadbook.kernel.protocol.Reply;
import threadbook.kernel.protocol.Request;
import threadbook.kernel.protocol.Request.Malformed;
import threadbook.kernel.wire.Outgoing.Answer;
import threadbook.kernel.wire.Outgoing.Broadcast;
import threadbook.kernel.wire.Outgoing.Question;
import threadbook.kernel.wire.Outgoing.Starting;
import threadbook.kernel.wire.Outgoing.Welcome;

/// Messages as frames and back: `[identities…, <IDS|MSG>, signature, header, parent, metadata,
/// content]`.
///
/// Not safe for use by several threads at once: each channel has one of its own.
///
/// @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol">Wire protocol</a>
public final class WireCodec {
    static final String PROTOCOL_VERSION = "5.5";

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.US_ASCII);

    /// Frames after the delimiter: the signature and what it covers.
    private static final int SIGNED_FRAMES = 4;

    private final Signature signature;
    private final MessageIds ids;

    public WireCodec(String key, MessageIds ids) {
        signature = new Signature(key);
        this.ids = ids;
    }

    /// Reads what came in; never throws because of what it says.
    public Incoming decode(Door door, List<byte[]> frames) {
        int delimiter = delimiter(frames);
        int first = delimiter + 2;
        if (delimiter < 0 || frames.size() < first + SIGNED_FRAMES) {
            return new Incoming.Refused("expected identities, <IDS|MSG>, a signature and 4 frames, found %s frames"
                    .formatted(frames.size()));
        }
        List<byte[]> signed = frames.subList(first, first + SIGNED_FRAMES);
        if (!signature.verify(frames.get(delimiter + 1), signed)) {
            return new Incoming.Refused("the signature is not ours: the sender has another key");
        }
        try {
            Header header = header(signed.get(0));
            List<String> identities =
                    frames.subList(0, delimiter).stream().map(WireCodec::latin).toList();
            return new Incoming.Message(new Origin(door, identities, header), request(header.type(), signed));
        } catch (MalformedMessageException e) {
            return new Incoming.Refused(String.valueOf(e.getMessage()));
        }
    }

    /// Writes what goes out: all frames, with the routing prefix or the topic first.
    public List<byte[]> encode(Outgoing outgoing) {
        return switch (outgoing) {
            case Answer(Origin to, Reply reply) ->
                frames(
                        identities(to),
                        header(ids.next(), to.header().replyType()),
                        parent(to),
                        content -> content.write(reply));
            case Question(Origin to, InputRequest question, String id) ->
                frames(identities(to), header(id, "input_request"), parent(to), content -> content.write(question));
            case Broadcast(Origin parent, Publication publication) -> broadcast(publication, parent(parent));
            case Starting() -> broadcast(new Status(State.STARTING), EMPTY_OBJECT);
            case Welcome(String subscription) -> welcome(subscription);
        };
    }

    /// {@return the length of the frames that a signature covers: all that a message says}
    ///
    /// @param frames  a whole message, as [#encode] gives it
    public static long signedBytes(List<byte[]> frames) {
        return frames.subList(frames.size() - SIGNED_FRAMES, frames.size()).stream()
                .mapToLong(frame -> frame.length)
                .sum();
    }

    private List<byte[]> broadcast(Publication publication, byte[] parent) {
        String type = type(publication);
        return frames(List.of(topic(type)), header(ids.next(), type), parent, content -> content.write(publication));
    }

    private List<byte[]> welcome(String subscription) {
        byte[] topic = subscription.getBytes(StandardCharsets.UTF_8);
        return frames(
                List.of(topic),
                header(ids.next(), "iopub_welcome"),
                EMPTY_OBJECT,
                content -> content.field("subscription", subscription));
    }

    private static String type(Publication publication) {
        return switch (publication) {
            case Publication.Status _ -> "status";
            case Publication.Stream _ -> "stream";
            case Publication.DisplayData _ -> "display_data";
            case Publication.UpdateDisplayData _ -> "update_display_data";
            case Publication.ExecuteInput _ -> "execute_input";
            case Publication.ExecuteResult _ -> "execute_result";
            case Publication.ErrorOutput _ -> "error";
            case Publication.ClearOutput _ -> "clear_output";
            case Publication.CommClosed _ -> "comm_close";
            case Publication.ShutdownNotice _ -> "shutdown_reply";
        };
    }

    /// What a subscriber may filter by, as ipykernel names it.
    private byte[] topic(String type) {
        return ("kernel." + ids.session() + "." + type).getBytes(StandardCharsets.US_ASCII);
    }

    private List<byte[]> frames(List<byte[]> prefix, byte[] header, byte[] parent, Content content) {
        List<byte[]> signed = List.of(header, parent, EMPTY_OBJECT, json(content));
        var frames = new ArrayList<byte[]>(prefix);
        frames.add(DELIMITER);
        frames.add(signature.sign(signed));
        frames.addAll(signed);
        return frames;
    }

    private byte[] header(String id, String type) {
        // To the microsecond: the times that JupyterLab records for a cell are these.
        String now = Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
        return json(content -> {
            content.field("msg_id", id);
            content.field("session", ids.session());
            content.field("username", "kernel");
            content.field("date", now);
            content.field("msg_type", type);
            content.field("version", PROTOCOL_VERSION);
        });
    }

    private static Header header(byte[] frame) {
        Json header = Json.object(frame, "header");
        return new Header(
                header.text("msg_id"),
                header.text("session", ""),
                header.text("msg_type"),
                date(header.text("date", "")),
                header.has("subshell_id") ? header.text("subshell_id") : null,
                new String(frame, StandardCharsets.UTF_8));
    }

    private static @Nullable Instant date(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null; // only used to guess what the client knew; not worth refusing a message
        }
    }

    private static Request request(String type, List<byte[]> signed) {
        try {
            return RequestReader.read(
                    type, Json.object(signed.get(3), "content"), Json.object(signed.get(1), "parent_header"));
        } catch (MalformedMessageException e) {
            return new Malformed(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] json(Content content) {
        // Through chars, because the generator for bytes throws on half a surrogate pair, and a cell may
        // print one; String.getBytes makes it a question mark.
        var text = new StringWriter();
        try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(text)) {
            json.writeStartObject();
            content.write(new ContentWriter(json));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int delimiter(List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            if (Arrays.equals(frames.get(i), DELIMITER)) {
                return i;
            }
        }
        return -1;
    }

    private static List<byte[]> identities(Origin to) {
        return to.identities().stream()
                .map(identity -> identity.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static byte[] parent(Origin origin) {
        return origin.header().json().getBytes(StandardCharsets.UTF_8);
    }

    private static String latin(byte[] frame) {
        return new String(frame, StandardCharsets.ISO_8859_1);
    }

    /// Writes the fields of one JSON object.
    private interface Content {
        void write(ContentWriter writer) throws IOException;
    }
}
