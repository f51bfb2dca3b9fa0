package threadbook.lab.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.api.VerticalBarPlot;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.ScatterTrace;

@Timeout(30)
class PlotlyFigureTest {
    static List<String> everyKind() {
        return List.copyOf(Gallery.all().keySet());
    }

    private static JsonNode json(Figure figure) {
        try {
            return new ObjectMapper().readTree(PlotlyFigure.of(figure).json());
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(notJson);
        }
    }

    private static JsonNode json(String kind) {
        return json(Gallery.all().get(kind));
    }

    private static Figure titled(String title) {
        return new Figure(
                Layout.builder().title(title).build(),
                ScatterTrace.builder(new double[] {1, 2}, new double[] {3, 4})
                        .name(title)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void every_kind_of_figure_keeps_its_title_as_plotly_3_wants_it(String kind) {
        var layout = json(kind).get("layout");

        assertThat(layout.at("/title/text").asText()).isNotEmpty();
        assertThat(layout.has("titlefont")).isFalse();
        layout.fieldNames().forEachRemaining(name -> {
            if (name.matches("[xyz]axis\\d*")) {
                assertThat(layout.get(name).path("title").isTextual()).isFalse();
                assertThat(layout.get(name).has("titlefont")).isFalse();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void every_kind_of_figure_has_data_numbers_without_quotes_and_words(String kind) {
        var figure = json(kind);

        assertThat(figure.get("data").size()).isPositive();
        assertThat(figure.get("alt").asText()).isNotBlank();
        for (var trace : figure.get("data")) {
            for (var y : trace.path("y")) {
                assertThat(y.isNumber()
                                || y.isNull()
                                || kind.contains("horizontal")
                                || kind.startsWith("heat")
                                || kind.startsWith("contour"))
                        .as("y of %s: %s", kind, y)
                        .isTrue();
            }
        }
    }

    @Test
    void the_titles_of_axes_become_objects_with_their_font() {
        var x = json("styled").at("/layout/xaxis");

        assertThat(x.at("/title/text").asText()).isEqualTo("x");
        assertThat(x.at("/title/font/size").asInt()).isEqualTo(18);
        assertThat(x.get("autorange").isBoolean()).isTrue();
        assertThat(x.get("range").toString()).isEqualTo("[0,20]");
    }

    @Test
    void missing_numbers_become_null() {
        assertThat(json("styled").at("/data/0/y").toString()).isEqualTo("[1,null,3,5,6]");
    }

    @Test
    void opacity_and_visibility_lose_their_quotes() {
        var trace = json("styled").at("/data/0");

        assertThat(trace.get("opacity").isNumber()).isTrue();
        assertThat(trace.path("visible").isTextual()).isFalse();
    }

    @Test
    void the_axes_of_a_second_plot_are_tied_together_and_the_gap_of_a_hundred_is_gone() {
        var layout = json("grid").get("layout");

        assertThat(layout.at("/xaxis2/anchor").asText()).isEqualTo("y2");
        assertThat(layout.at("/yaxis2/anchor").asText()).isEqualTo("x2");
        assertThat(layout.at("/grid/rows").asInt()).isEqualTo(1);
        assertThat(layout.get("grid").has("xgap")).isFalse();
    }

    @Test
    void the_second_axis_lies_over_the_first_and_has_no_grid_of_its_own() {
        var axis = json("second axis").at("/layout/yaxis2");

        assertThat(axis.get("overlaying").asText()).isEqualTo("y");
        assertThat(axis.get("showgrid").asBoolean()).isFalse();
    }

    @Test
    void a_histogram_is_counted_here() {
        var trace = json("histogram").at("/data/0");

        assertThat(trace.get("type").asText()).isEqualTo("bar");
        assertThat(trace.get("y"))
                .extracting(JsonNode::asInt)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(count -> (int) count).sum())
                        .isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two\nlines",
                "a back\\slash \\",
                "</script><script>alert(1)</script>",
                "it's \"quoted\" & <b>",
                "\u2028 separator",
                "🙂 Ünïcode Кириллица"
            })
    void a_title_may_be_any_text(String title) {
        var figure = json(titled(title));

        assertThat(figure.at("/layout/title/text").asText().replace("<br>", "\n"))
                .isEqualTo(title.strip());
        assertThat(figure.at("/data/0/name").asText()).isEqualTo(title);
    }

    @Test
    void the_json_ends_no_script() {
        var text = PlotlyFigure.of(titled("</script>")).json();

        assertThat(text).doesNotContain("<").contains("\\u003c/script\\u003e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "say \"hi\"", "back\\slash", "new\nline", "a & b <c>"})
    void a_category_may_be_any_text(String name) {
        var table = Table.create(StringColumn.create("name", name, "other"), DoubleColumn.create("value", 1, 2));

        var figure = json(VerticalBarPlot.create("Any", table, "name", "value"));

        assertThat(figure.at("/data/0/x/0").asText()).isEqualTo(name);
    }

    @Test
    void a_raw_trace_arrives_as_it_was_given() {
        var error = Map.of("type", "data", "array", List.of(0.1, 0.2));

        var figure = json(new Figure(
                new RawTrace(Map.of("type", "scatter", "x", List.of(1, 2), "y", List.of(3, 4.5), "error_y", error))));

        assertThat(figure.at("/data/0/error_y/array").toString()).isEqualTo("[0.1,0.2]");
        assertThat(figure.at("/data/0/y").toString()).isEqualTo("[3,4.5]");
    }

    @Test
    void texts_are_at_least_14_pixels_high_and_no_figure_is_wider_than_a_cell_on_a_projector() {
        Gallery.all().forEach((kind, figure) -> {
            var layout = PlotlyFigure.of(figure).layout();

            assertThat(((Number) layout.get("width")).intValue()).as(kind).isLessThanOrEqualTo(860);
            assertThat(((Number) PlotlyFigure.object(layout.get("font")).get("size")).intValue())
                    .as(kind)
                    .isGreaterThanOrEqualTo(14);
        });
    }
}
