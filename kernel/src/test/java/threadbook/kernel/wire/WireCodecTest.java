package threadbook.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import threadbook.kernel.protocol.ErrorReport;
import threadbook.kernel.protocol.InputRequest;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.kernel.protocol.Origin.Door;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.ErrorOutput;
import threadbook.kernel.protocol.Publication.ExecuteResult;
import threadbook.kernel.protocol.Publication.Stream;
import threadbook.kernel.protocol.Reply.AbortedReply;
import threadbook.kernel.protocol.Reply.CompleteReply;
import threadbook.kernel.protocol.Reply.Match;
import threadbook.kernel.protocol.Request;
import threadbook.kernel.protocol.Request.CompleteRequest;
import threadbook.kernel.protocol.Request.ExecuteRequest;
import threadbook.kernel.protocol.Request.HistoryRequest;
import threadbook.kernel.protocol.Request.InputReply;
import threadbook.kernel.protocol.Request.Malformed;
import threadbook.kernel.protocol.Request.Selection;
import threadbook.kernel.protocol.Request.Unknown;

@Timeout(20)
class WireCodecTest {
    private static final String HEADER = """
            {"msg_id":"m1","session":"s1","username":"","date":"2026-02-03T04:05:06.789Z","msg_type":"%s",\
            "version":"5.2","subshell_id":null,"something":"new"}""";

    private final WireCodec codec = new WireCodec("secret", new MessageIds());
    private final Signature signature = new Signature("secret");

    @Test
    void an_execute_request_has_the_protocol_s_defaults() {
        assertThat(request("execute_request", "{\"code\":\"1+1\"}"))
                .isEqualTo(new ExecuteRequest("1+1", false, true, Map.of(), true, true));
    }

    @Test
    void a_silent_execute_request_stores_nothing() {
        assertThat(request("execute_request", "{\"code\":\"\",\"silent\":true,\"store_history\":true}"))
                .isEqualTo(new ExecuteRequest("", true, false, Map.of(), true, true));
    }

    @Test
    void a_cursor_counts_code_points() {
        assertThat(request("complete_request", "{\"code\":\"\\\"é😀\\\".le\",\"cursor_pos\":7}"))
                .isEqualTo(new CompleteRequest("\"é😀\".le", 7));
    }

    @Test
    void history_is_asked_for_in_three_ways() {
        assertThat(request("history_request", "{\"hist_access_type\":\"tail\",\"n\":10,\"output\":false,\"raw\":true}"))
                .isEqualTo(new HistoryRequest(false, new Selection.Tail(10)));
        assertThat(request("history_request", "{\"hist_access_type\":\"range\",\"session\":0,\"start\":1,\"stop\":3}"))
                .isEqualTo(new HistoryRequest(false, new Selection.Range(0, 1, 3)));
        assertThat(request("history_request", "{\"hist_access_type\":\"search\",\"pattern\":\"x*\",\"n\":5}"))
                .isEqualTo(new HistoryRequest(false, new Selection.Search("x*", 5, false)));
    }

    @Test
    void an_input_reply_names_the_question_in_its_parent_header() {
        var incoming = decode("input_reply", "{\"msg_id\":\"q1\"}", "{\"value\":\"Ada\"}");

        assertThat(incoming.request()).isEqualTo(new InputReply("Ada", "q1"));
    }

    @Test
    void a_type_that_nobody_knows_is_data() {
        assertThat(request("debug_request", "{}")).isEqualTo(new Unknown());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "execute_request  | {}                                | content.code must be a string, found nothing",
                "execute_request  | {\"code\":7}                      | content.code must be a string, found number",
                "execute_request  | {\"code\":\"\",\"silent\":\"no\"} | content.silent must be true or false, found string",
                "execute_request  | []                                | content must be a JSON object, found array",
                "complete_request | {\"code\":\"ab\",\"cursor_pos\":3}| cursor_pos is 3 but code has 2 code points.",
                "complete_request | {\"code\":\"\",\"cursor_pos\":-1} | cursor_pos is -1 but code has 0 code points.",
                "history_request  | {\"hist_access_type\":\"odd\"}    | content.hist_access_type is odd, expected range",
                "comm_open        | {\"comm_id\":null}                | content.comm_id must be a string, found null",
            })
    void content_that_is_wrong_is_named(String type, String content, String message) {
        assertThat(request(type, content))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.reason()).startsWith(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}{}", "nonsense", "null", "\"text\"", "{\"msg_id\":1,\"msg_type\":\"x\"}", "{}"})
    void a_header_that_cannot_be_read_is_refused(String header) {
        assertThat(codec.decode(Door.SHELL, signed(header, "{}", "{}", "{}"))).isInstanceOf(Incoming.Refused.class);
    }

    @Test
    void json_that_is_nested_too_deeply_is_malformed_and_overflows_no_stack() {
        String deep = "{\"code\":\"\",\"user_expressions\":" + "[".repeat(100_000) + "}";

        assertThat(request("execute_request", deep)).isInstanceOf(Malformed.class);
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        var frames = new ArrayList<>(signed("{}", "{}", "{}", "{}"));
        frames.set(3, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        frames.set(2, signature.sign(frames.subList(3, 7)));

        assertThat(codec.decode(Door.SHELL, frames)).isInstanceOf(Incoming.Refused.class);
    }

    @Test
    void another_key_s_signature_is_refused() {
        var frames = new ArrayList<>(signed(HEADER.formatted("kernel_info_request"), "{}", "{}", "{}"));
        frames.set(2, new Signature("guess").sign(frames.subList(3, 7)));

        assertThat(codec.decode(Door.SHELL, frames))
                .isInstanceOfSatisfying(
                        Incoming.Refused.class,
                        refused -> assertThat(refused.reason()).contains("signature"));
    }

    @Test
    void a_changed_content_is_refused() {
        var frames = new ArrayList<>(signed(HEADER.formatted("execute_request"), "{}", "{}", "{\"code\":\"1\"}"));
        frames.set(6, bytes("{\"code\":\"2\"}"));

        assertThat(codec.decode(Door.SHELL, frames)).isInstanceOf(Incoming.Refused.class);
    }

    @Test
    void too_few_frames_are_refused() {
        var frames = signed(HEADER.formatted("kernel_info_request"), "{}", "{}", "{}");

        for (int length = 0; length < frames.size(); length++) {
            assertThat(codec.decode(Door.SHELL, frames.subList(0, length))).isInstanceOf(Incoming.Refused.class);
        }
    }

    @Test
    void without_a_key_nothing_is_signed_and_everything_is_read() {
        var open = new WireCodec("", new MessageIds());
        var frames = new ArrayList<>(signed(HEADER.formatted("kernel_info_request"), "{}", "{}", "{}"));
        frames.set(2, new byte[0]);

        assertThat(open.decode(Door.SHELL, frames)).isInstanceOf(Incoming.Message.class);
    }

    @Test
    void an_answer_goes_back_the_same_way_signed_and_with_the_request_s_header_as_it_was() throws IOException {
        var request = decode("complete_request", "{}", "{\"code\":\"\",\"cursor_pos\":0}");

        var frames = codec.encode(new Outgoing.Answer(
                request.origin(), new CompleteReply(List.of(new Match("length", "function", "()")), 3, 5)));

        assertThat(frames.subList(0, 2)).containsExactly(new byte[] {0, (byte) 0xa7}, bytes("<IDS|MSG>"));
        assertThat(signature.verify(frames.get(2), frames.subList(3, 7))).isTrue();
        assertThat(frames.get(4)).isEqualTo(bytes(HEADER.formatted("complete_request")));
        JsonNode header = Json.MAPPER.readTree(frames.get(3));
        assertThat(header.path("msg_type").textValue()).isEqualTo("complete_reply");
        assertThat(header.path("version").textValue()).isEqualTo("5.5");
        JsonNode content = content(frames);
        assertThat(content.path("matches").toString()).isEqualTo("[\"length\"]");
        assertThat(content.path("metadata").path("_jupyter_types_experimental").toString())
                .isEqualTo("[{\"start\":3,\"end\":5,\"text\":\"length\",\"type\":\"function\",\"signature\":\"()\"}]");
    }

    @Test
    void an_aborted_reply_has_no_execution_count() throws IOException {
        var frames = codec.encode(new Outgoing.Answer(executed().origin(), new AbortedReply()));

        assertThat(content(frames).toString()).isEqualTo("{\"status\":\"aborted\"}");
    }

    @Test
    void a_form_that_is_json_travels_as_json_and_any_other_as_text() throws IOException {
        var forms = new LinkedHashMap<String, String>();
        forms.put("text/plain", "{}");
        forms.put("application/vnd.threadbook.chart+json", "{\"data\":[1.5]}");
        forms.put("application/json", "not json");

        JsonNode data =
                content(publish(new ExecuteResult(1, new MimeBundle(forms)))).path("data");

        assertThat(data.toString())
                .isEqualTo("{\"text/plain\":\"{}\",\"application/vnd.threadbook.chart+json\":{\"data\":[1.5]},"
                        + "\"application/json\":\"not json\"}");
    }

    @Test
    void half_a_surrogate_pair_becomes_a_question_mark_and_costs_nothing_else() throws IOException {
        JsonNode content = content(publish(new Stream(Stream.Name.STDOUT, "a\ud83db😀")));

        assertThat(content.path("text").textValue()).isEqualTo("a?b😀");
    }

    @Test
    void publications_carry_a_topic_that_names_their_type() {
        var frames = publish(new ErrorOutput(new ErrorReport("E", "", List.of("E"))));

        assertThat(new String(frames.getFirst(), StandardCharsets.US_ASCII)).matches("kernel\\.[-0-9a-f]+\\.error");
    }

    @Test
    void a_welcome_has_the_subscription_as_topic_and_no_parent() throws IOException {
        var frames = codec.encode(new Outgoing.Welcome("ke"));

        assertThat(frames.getFirst()).isEqualTo(bytes("ke"));
        assertThat(frames.get(4)).isEqualTo(bytes("{}"));
        assertThat(content(frames).toString()).isEqualTo("{\"subscription\":\"ke\"}");
    }

    @Test
    void a_question_carries_the_id_by_which_it_is_answered() throws IOException {
        var frames = codec.encode(new Outgoing.Question(executed().origin(), new InputRequest("name?", true), "q7"));

        assertThat(Json.MAPPER.readTree(frames.get(3)).path("msg_id").textValue())
                .isEqualTo("q7");
        assertThat(content(frames).toString()).isEqualTo("{\"prompt\":\"name?\",\"password\":true}");
    }

    private List<byte[]> publish(Publication publication) {
        return codec.encode(new Outgoing.Broadcast(executed().origin(), publication));
    }

    private Incoming.Message executed() {
        return decode("execute_request", "{}", "{\"code\":\"\"}");
    }

    private Request request(String type, String content) {
        return decode(type, "{}", content).request();
    }

    private Incoming.Message decode(String type, String parent, String content) {
        return (Incoming.Message) codec.decode(Door.SHELL, signed(HEADER.formatted(type), parent, "{}", content));
    }

    private List<byte[]> signed(String... json) {
        List<byte[]> signed = List.of(json).stream().map(WireCodecTest::bytes).toList();
        var frames = new ArrayList<byte[]>();
        frames.add(new byte[] {0, (byte) 0xa7});
        frames.add(bytes("<IDS|MSG>"));
        frames.add(signature.sign(signed));
        frames.addAll(signed);
        return frames;
    }

    private static JsonNode content(List<byte[]> frames) throws IOException {
        return Json.MAPPER.readTree(frames.get(6));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
