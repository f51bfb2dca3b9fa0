package threadbook.lab.figure.svg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Element;

@Timeout(30)
class StaticSvgTest {
    @Test
    void the_words_are_the_title_of_the_document() {
        var picture =
                Drawn.parse(StaticSvg.of(List.of(Map.of("y", List.of(1, 2))), Drawn.PLAIN, "Two points & <more>"));

        assertThat(picture.elements("title").getFirst().getTextContent()).isEqualTo("Two points & <more>");
    }

    @Test
    void control_characters_do_not_break_the_document() {
        var picture = Drawn.parse(
                StaticSvg.of(List.of(Map.of("y", List.of(1, 2), "name", "a\u0000b")), Drawn.PLAIN, "\u0001 words"));

        assertThat(picture.document().getDocumentElement().getTagName()).isEqualTo("svg");
    }

    @Test
    void a_logarithmic_axis_has_powers_of_ten() {
        var picture = Drawn.chart("""
                {"yaxis": {"type": "log"}}""", """
                {"x": [1, 2], "y": [1, 100000]}""");

        assertThat(picture.texts()).contains("10", "1k", "100k");
    }

    @Test
    void the_ticks_that_the_layout_names_are_written() {
        var picture = Drawn.chart("""
                {"xaxis": {"tickvals": [1, 2], "ticktext": ["one", "two"]}}""", """
                {"x": [1, 2], "y": [1, 2]}""");

        assertThat(picture.texts()).contains("one", "two");
    }

    @Test
    void a_second_vertical_axis_has_its_labels_on_the_right() {
        var picture = Drawn.chart("""
                {"yaxis2": {"overlaying": "y", "side": "right", "range": [0, 777], "tickvals": [777]}}""", """
                {"x": [1, 2], "y": [1, 2]}""", """
                {"x": [1, 2], "y": [1, 700], "yaxis": "y2"}""");

        assertThat(picture.elements("text"))
                .filteredOn(text -> text.getTextContent().equals("777"))
                .singleElement()
                .satisfies(text ->
                        assertThat(Double.parseDouble(text.getAttribute("x"))).isGreaterThan(500));
    }

    @Test
    void plots_of_a_grid_stand_beside_each_other() {
        var picture = Drawn.chart("""
                {"grid": {"rows": 1, "columns": 2, "pattern": "independent"}}""", """
                {"type": "bar", "x": ["a"], "y": [1], "marker": {"color": "#111111"}}""", """
                {"type": "bar", "x": ["b"], "y": [1], "xaxis": "x2", "yaxis": "y2",
                 "marker": {"color": "#222222"}}""");

        assertThat(picture.bars("#222222").getFirst()[0])
                .isGreaterThan(picture.bars("#111111").getFirst()[2]);
    }

    @Test
    void the_legend_names_the_traces_and_may_stand_above_the_plot() {
        String first = """
                {"name": "first", "y": [1, 2]}""";
        String second = """
                {"name": "second", "y": [2, 1]}""";

        var right = Drawn.traces(first, second);
        var above = Drawn.chart("""
                {"legend": {"orientation": "h"}}""", first, second);

        assertThat(right.texts()).contains("first", "second");
        assertThat(place(right.text("first"), "x")).isGreaterThan(400);
        assertThat(place(above.text("first"), "y")).isLessThan(60);
    }

    @Test
    void annotations_and_shapes_are_drawn() {
        var picture = Drawn.chart("""
                {"annotations": [{"x": 1, "y": 1, "text": "<b>here</b>"}],
                 "shapes": [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 1, "y1": 1, "line": {"color": "#abcdef"}}]}""", """
                {"x": [1, 2], "y": [1, 2]}""");

        assertThat(picture.texts()).contains("here");
        assertThat(picture.elements("path"))
                .anyMatch(path -> path.getAttribute("stroke").equals("#abcdef"));
    }

    @Test
    void long_names_are_turned_and_stay_inside_the_picture() {
        var names =
                IntStream.range(0, 8).mapToObj(i -> "a rather long name " + i).toList();

        var picture = Drawn.of(
                Drawn.PLAIN,
                List.of(Map.of(
                        "type",
                        "bar",
                        "x",
                        names,
                        "y",
                        IntStream.range(0, 8).boxed().toList())));

        assertThat(picture.texts()).containsAll(names);
        assertThat(picture.elements("text"))
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
        var svg = StaticSvg.of(List.of(Map.of("y", List.of(1, 2))), Drawn.PLAIN, "words");

        assertThat(svg).contains("class=\"chart-ink\"", "class=\"chart-rule\"", "class=\"chart-paper\"");
    }

    @Test
    void the_same_chart_gives_the_same_text() {
        List<Map<String, Object>> data = List.of(Map.of("y", List.of(1, 2)));

        assertThat(StaticSvg.of(data, Drawn.PLAIN, "words")).isEqualTo(StaticSvg.of(data, Drawn.PLAIN, "words"));
    }

    @Test
    void a_step_between_ticks_that_is_far_too_small_is_not_taken() {
        var picture = Drawn.chart("""
                {"yaxis": {"dtick": 1e-12}}""", """
                {"y": [1, 2]}""");

        assertThat(picture.texts()).hasSizeLessThan(40);
    }

    private static double place(Element element, String coordinate) {
        return Double.parseDouble(element.getAttribute(coordinate));
    }
}
