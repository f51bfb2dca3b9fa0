package threadbook.lab.figure.svg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

@Timeout(30)
class StaticSvgTest {
    private static final Map<String, Object> PLAIN = Map.of("width", 600, "height", 400);

    private static Document draw(Map<String, Object> layout, List<Map<String, Object>> data) {
        return parse(StaticSvg.of(data, layout, "words"));
    }

    @SafeVarargs
    private static Document draw(Map<String, Object>... data) {
        return draw(PLAIN, List.of(data));
    }

    private static Document parse(String svg) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception notXml) {
            throw new AssertionError(svg, notXml);
        }
    }

    private static List<Element> elements(Document document, String name) {
        var nodes = document.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static List<String> texts(Document document) {
        return elements(document, "text").stream().map(Element::getTextContent).toList();
    }

    private static long withFill(Document document, String color) {
        return elements(document, "path").stream()
                .filter(path -> path.getAttribute("fill").equals(color))
                .count();
    }

    /// The rectangles of a path of bars, as left, from, right, to.
    private static List<double[]> bars(Document document, String color) {
        var path = elements(document, "path").stream()
                .filter(each -> each.getAttribute("fill").equals(color))
                .findFirst()
                .orElseThrow()
                .getAttribute("d");
        return java.util.Arrays.stream(path.split("Z"))
                .map(rect -> java.util.Arrays.stream(
                                rect.replaceAll("[MHV]", " ").strip().split(" +"))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    @Test
    void the_words_are_the_title_of_the_document() {
        var document = parse(StaticSvg.of(List.of(Map.of("y", List.of(1, 2))), PLAIN, "Two points & <more>"));

        assertThat(elements(document, "title").getFirst().getTextContent()).isEqualTo("Two points & <more>");
    }

    @Test
    void control_characters_do_not_break_the_document() {
        var document =
                parse(StaticSvg.of(List.of(Map.of("y", List.of(1, 2), "name", "a\u0000b")), PLAIN, "\u0001 words"));

        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    }

    @Test
    void points_become_markers_and_a_line() {
        var document = draw(Map.of(
                "type", "scatter",
                "mode", "lines+markers",
                "x", List.of(1, 2, 3),
                "y", List.of(1, 2, 1),
                "line", Map.of("color", "#112233", "dash", "dash")));

        assertThat(elements(document, "circle")).hasSize(3);
        assertThat(elements(document, "path"))
                .anyMatch(path -> path.getAttribute("stroke").equals("#112233")
                        && !path.getAttribute("stroke-dasharray").isEmpty());
    }

    @Test
    void a_missing_point_breaks_the_line() {
        var values = new java.util.ArrayList<Object>(List.of(1, 2, 3));
        values.set(1, null);

        var document =
                draw(Map.of("mode", "lines", "x", List.of(1, 2, 3), "y", values, "line", Map.of("color", "#112233")));

        assertThat(elements(document, "path"))
                .filteredOn(path -> path.getAttribute("stroke").equals("#112233"))
                .singleElement()
                .satisfies(path -> assertThat(path.getAttribute("d")).matches("M[^ML]*M[^ML]*"));
    }

    @Test
    void a_line_may_go_in_steps() {
        var document = draw(Map.of(
                "mode",
                "lines",
                "x",
                List.of(1, 2),
                "y",
                List.of(1, 2),
                "line",
                Map.of("color", "#112233", "shape", "hv")));

        assertThat(elements(document, "path"))
                .anyMatch(path -> path.getAttribute("stroke").equals("#112233")
                        && path.getAttribute("d").matches("M[^HV]*H[^HV]*V.*"));
    }

    @Test
    void an_area_stands_on_zero() {
        var document = draw(Map.of(
                "mode", "lines", "x", List.of(1, 2), "y", List.of(5, 6), "fill", "tozeroy", "fillcolor", "#abcdef"));

        assertThat(withFill(document, "#abcdef")).isEqualTo(1);
        assertThat(texts(document)).contains("0");
    }

    @Test
    void grouped_bars_stand_side_by_side() {
        var document = draw(
                Map.of("type", "bar", "x", List.of("a", "b"), "y", List.of(1, 2), "marker", Map.of("color", "#111111")),
                Map.of(
                        "type",
                        "bar",
                        "x",
                        List.of("a", "b"),
                        "y",
                        List.of(3, 4),
                        "marker",
                        Map.of("color", "#222222")));

        assertThat(bars(document, "#111111").getFirst()[2])
                .isEqualTo(bars(document, "#222222").getFirst()[0]);
    }

    @Test
    void stacked_bars_stand_on_each_other() {
        var document = draw(
                Map.of("width", 600, "height", 400, "barmode", "stack"),
                List.of(
                        Map.of("type", "bar", "x", List.of("a"), "y", List.of(1), "marker", Map.of("color", "#111111")),
                        Map.of(
                                "type",
                                "bar",
                                "x",
                                List.of("a"),
                                "y",
                                List.of(3),
                                "marker",
                                Map.of("color", "#222222"))));

        double[] lower = bars(document, "#111111").getFirst();
        double[] upper = bars(document, "#222222").getFirst();
        assertThat(upper[1]).isEqualTo(lower[3]);
        assertThat(upper[0]).isEqualTo(lower[0]);
    }

    @Test
    void a_bar_may_lie_and_begin_anywhere() {
        var document = draw(Map.of(
                "type", "bar",
                "orientation", "h",
                "y", List.of("a"),
                "x", List.of(2),
                "base", List.of(3),
                "marker", Map.of("color", "#111111")));
        double[] bar = bars(document, "#111111").getFirst();

        assertThat(bar[2]).isGreaterThan(bar[0]);
        assertThat(texts(document)).contains("a", "4");
    }

    @Test
    void every_bar_may_have_a_colour_and_a_text() {
        var document = draw(Map.of(
                "type", "bar",
                "x", List.of("a", "b"),
                "y", List.of(1, 2),
                "text", List.of("one", "two"),
                "marker", Map.of("color", List.of("#111111", "#222222"))));

        assertThat(withFill(document, "#111111")).isEqualTo(1);
        assertThat(withFill(document, "#222222")).isEqualTo(1);
        assertThat(texts(document)).contains("one", "two");
    }

    @Test
    void hatched_bars_refer_to_a_pattern_that_is_defined_once() {
        var document = draw(
                Map.of("width", 600, "height", 400, "showlegend", true),
                List.of(Map.of(
                        "type",
                        "bar",
                        "name",
                        "n",
                        "x",
                        List.of("a"),
                        "y",
                        List.of(1),
                        "marker",
                        Map.of("color", "#111111", "pattern", Map.of("shape", "/")))));

        assertThat(elements(document, "pattern")).hasSize(1);
        String id = elements(document, "pattern").getFirst().getAttribute("id");
        assertThat(withFill(document, "url(#" + id + ")")).isEqualTo(1);
    }

    @Test
    void error_bars_may_be_longer_on_one_side() {
        var document = draw(
                Map.of(
                        "width",
                        600,
                        "height",
                        400,
                        "yaxis",
                        Map.of("range", List.of(0, 10)),
                        "margin",
                        Map.of("t", 0, "b", 0)),
                List.of(Map.of(
                        "mode", "markers",
                        "x", List.of(1),
                        "y", List.of(5),
                        "error_y",
                                Map.of(
                                        "array",
                                        List.of(1),
                                        "arrayminus",
                                        List.of(2),
                                        "symmetric",
                                        false,
                                        "color",
                                        "#abcdef"))));

        assertThat(elements(document, "path"))
                .filteredOn(path -> path.getAttribute("stroke").equals("#abcdef"))
                .singleElement()
                .satisfies(path -> assertThat(path.getAttribute("d")).contains(" 280V160"));
    }

    @Test
    void a_box_shows_the_points_beyond_its_whiskers() {
        var document = draw(Map.of("type", "box", "name", "all", "y", List.of(1, 2, 3, 4, 5, 6, 7, 8, 100)));

        assertThat(elements(document, "circle")).hasSize(1);
        assertThat(texts(document)).contains("all");
    }

    @Test
    void a_heatmap_has_a_rectangle_for_each_number_and_a_scale() {
        var document = draw(Map.of("type", "heatmap", "z", List.of(List.of(1, 2), List.of(3, 9))));

        assertThat(withFill(document, "#440154")).isEqualTo(1);
        assertThat(withFill(document, "#fde725")).isEqualTo(1);
        assertThat(texts(document)).contains("9");
    }

    @Test
    void a_logarithmic_axis_has_powers_of_ten() {
        var document = draw(
                Map.of("width", 600, "height", 400, "yaxis", Map.of("type", "log")),
                List.of(Map.of("x", List.of(1, 2), "y", List.of(1, 100_000))));

        assertThat(texts(document)).contains("10", "1k", "100k");
    }

    @Test
    void a_value_that_a_logarithmic_axis_cannot_show_is_left_out() {
        var document = draw(
                Map.of("width", 600, "height", 400, "yaxis", Map.of("type", "log")),
                List.of(Map.of("mode", "markers", "x", List.of(1, 2), "y", List.of(0, 10))));

        assertThat(elements(document, "circle")).hasSize(1);
    }

    @Test
    void the_ticks_that_the_layout_names_are_written() {
        var document = draw(
                Map.of(
                        "width",
                        600,
                        "height",
                        400,
                        "xaxis",
                        Map.of("tickvals", List.of(1, 2), "ticktext", List.of("one", "two"))),
                List.of(Map.of("x", List.of(1, 2), "y", List.of(1, 2))));

        assertThat(texts(document)).contains("one", "two");
    }

    @Test
    void a_second_vertical_axis_has_its_labels_on_the_right() {
        var document = draw(
                Map.of(
                        "width", 600,
                        "height", 400,
                        "yaxis2",
                                Map.of(
                                        "overlaying",
                                        "y",
                                        "side",
                                        "right",
                                        "range",
                                        List.of(0, 777),
                                        "tickvals",
                                        List.of(777))),
                List.of(
                        Map.of("x", List.of(1, 2), "y", List.of(1, 2)),
                        Map.of("x", List.of(1, 2), "y", List.of(1, 700), "yaxis", "y2")));

        assertThat(elements(document, "text"))
                .filteredOn(text -> text.getTextContent().equals("777"))
                .singleElement()
                .satisfies(text ->
                        assertThat(Double.parseDouble(text.getAttribute("x"))).isGreaterThan(500));
    }

    @Test
    void plots_of_a_grid_stand_beside_each_other() {
        var document = draw(
                Map.of("width", 600, "height", 400, "grid", Map.of("rows", 1, "columns", 2, "pattern", "independent")),
                List.of(
                        Map.of("type", "bar", "x", List.of("a"), "y", List.of(1), "marker", Map.of("color", "#111111")),
                        Map.of(
                                "type",
                                "bar",
                                "x",
                                List.of("b"),
                                "y",
                                List.of(1),
                                "xaxis",
                                "x2",
                                "yaxis",
                                "y2",
                                "marker",
                                Map.of("color", "#222222"))));

        assertThat(bars(document, "#222222").getFirst()[0])
                .isGreaterThan(bars(document, "#111111").getFirst()[2]);
    }

    @Test
    void the_legend_names_the_traces_and_may_stand_above_the_plot() {
        List<Map<String, Object>> data =
                List.of(Map.of("name", "first", "y", List.of(1, 2)), Map.of("name", "second", "y", List.of(2, 1)));

        var right = draw(PLAIN, data);
        var above = draw(Map.of("width", 600, "height", 400, "legend", Map.of("orientation", "h")), data);

        assertThat(texts(right)).contains("first", "second");
        assertThat(legendPlace(right)[0]).isGreaterThan(400);
        assertThat(legendPlace(above)[1]).isLessThan(60);
    }

    private static double[] legendPlace(Document document) {
        var text = elements(document, "text").stream()
                .filter(each -> each.getTextContent().equals("first"))
                .findFirst()
                .orElseThrow();
        return new double[] {Double.parseDouble(text.getAttribute("x")), Double.parseDouble(text.getAttribute("y"))};
    }

    @Test
    void annotations_and_shapes_are_drawn() {
        var document = draw(
                Map.of(
                        "width",
                        600,
                        "height",
                        400,
                        "annotations",
                        List.of(Map.of("x", 1, "y", 1, "text", "<b>here</b>")),
                        "shapes",
                        List.of(Map.of(
                                "type",
                                "line",
                                "xref",
                                "paper",
                                "x0",
                                0,
                                "x1",
                                1,
                                "y0",
                                1,
                                "y1",
                                1,
                                "line",
                                Map.of("color", "#abcdef")))),
                List.of(Map.of("x", List.of(1, 2), "y", List.of(1, 2))));

        assertThat(texts(document)).contains("here");
        assertThat(elements(document, "path"))
                .anyMatch(path -> path.getAttribute("stroke").equals("#abcdef"));
    }

    @Test
    void what_only_plotly_draws_is_said_in_the_picture() {
        var document = draw(Map.of("type", "pie", "labels", List.of("a"), "values", List.of(1)));

        assertThat(texts(document)).anyMatch(text -> text.contains("Interactive only") && text.contains("pie"));
    }

    @Test
    void long_names_are_turned_and_stay_inside_the_picture() {
        var names =
                IntStream.range(0, 8).mapToObj(i -> "a rather long name " + i).toList();

        var document = draw(Map.of(
                "type", "bar", "x", names, "y", IntStream.range(0, 8).boxed().toList()));

        assertThat(texts(document)).containsAll(names);
        assertThat(elements(document, "text"))
                .filteredOn(text -> text.getTextContent().equals(names.getLast()))
                .singleElement()
                .satisfies(text -> {
                    assertThat(text.getAttribute("transform")).startsWith("rotate(30");
                    double end = Double.parseDouble(text.getAttribute("x"))
                            + RichText.width(names.getLast(), 12) * Math.cos(Math.toRadians(30));
                    assertThat(end).isLessThan(600);
                });
    }

    @Test
    void what_belongs_to_the_page_has_a_class() {
        var svg = StaticSvg.of(List.of(Map.of("y", List.of(1, 2))), PLAIN, "words");

        assertThat(svg).contains("class=\"chart-ink\"", "class=\"chart-rule\"", "class=\"chart-paper\"");
    }

    @Test
    void the_same_chart_gives_the_same_text() {
        List<Map<String, Object>> data = List.of(Map.of("y", List.of(1, 2)));

        assertThat(StaticSvg.of(data, PLAIN, "words")).isEqualTo(StaticSvg.of(data, PLAIN, "words"));
    }

    @Test
    void a_step_between_ticks_that_is_far_too_small_is_not_taken() {
        var document = draw(
                Map.of("width", 600, "height", 400, "yaxis", Map.of("dtick", 1e-12)),
                List.of(Map.of("y", List.of(1, 2))));

        assertThat(texts(document)).hasSizeLessThan(40);
    }
}
