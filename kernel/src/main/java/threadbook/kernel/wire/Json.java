package threadbook.kernel.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.MalformedMessageException;

/// A JSON object whose fields are read with a check, so that what is wrong is named.
///
/// @param node   the object
/// @param where  what it is, for messages: `header`, `content`
record Json(ObjectNode node, String where) {
    /// A message's text is at most this long, so a front end can send a large cell and a hostile
    /// one cannot fill the memory; deeper nesting than this would overflow a stack.
    private static final int LONGEST_STRING = 64_000_000;

    private static final int DEEPEST_NESTING = 200;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST_NESTING)
                            .maxStringLength(LONGEST_STRING)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// Reads a frame that must hold one JSON object, in UTF-8.
    static Json object(byte[] frame, String where) {
        JsonNode node;
        try {
            node = MAPPER.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(frame))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException("%s is not UTF-8".formatted(where));
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("%s is not JSON: %s".formatted(where, firstLine(e)));
        }
        if (node instanceof ObjectNode object) {
            return new Json(object, where);
        }
        throw new MalformedMessageException("%s must be a JSON object, found %s"
                .formatted(where, kind(node == null ? MissingNode.getInstance() : node)));
    }

    String text(String field) {
        return find(field, JsonNode::isTextual, JsonNode::textValue).orElseThrow(() -> wrong(field, "a string"));
    }

    String text(String field, String absent) {
        return find(field, JsonNode::isTextual, JsonNode::textValue)
                .orElseGet(() -> ifAbsent(field, absent, "a string"));
    }

    int number(String field) {
        return find(field, JsonNode::canConvertToInt, JsonNode::intValue)
                .orElseThrow(() -> wrong(field, "a whole number"));
    }

    int number(String field, int absent) {
        return find(field, JsonNode::canConvertToInt, JsonNode::intValue)
                .orElseGet(() -> ifAbsent(field, absent, "a whole number"));
    }

    boolean flag(String field, boolean absent) {
        return find(field, JsonNode::isBoolean, JsonNode::booleanValue)
                .orElseGet(() -> ifAbsent(field, absent, "true or false"));
    }

    /// {@return the object in a field, an empty one if the field is absent or null}
    Json child(String field) {
        JsonNode value = node.path(field);
        if (value instanceof ObjectNode object) {
            return new Json(object, where + "." + field);
        }
        return new Json(ifAbsent(field, MAPPER.createObjectNode(), "an object"), where + "." + field);
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    private <T> Optional<T> find(String field, Function<JsonNode, Boolean> fits, Function<JsonNode, @Nullable T> read) {
        JsonNode value = node.path(field);
        return fits.apply(value) ? Optional.ofNullable(read.apply(value)) : Optional.empty();
    }

    private <T> T ifAbsent(String field, T absent, String expected) {
        if (has(field)) {
            throw wrong(field, expected);
        }
        return absent;
    }

    private MalformedMessageException wrong(String field, String expected) {
        return new MalformedMessageException(
                "%s.%s must be %s, found %s".formatted(where, field, expected, kind(node.path(field))));
    }

    private static String kind(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
