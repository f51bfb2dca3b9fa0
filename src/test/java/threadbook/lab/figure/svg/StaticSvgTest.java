package threadbook.lab.figure.svg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        var picture = Drawn.of(
                Map.of("width", 600, "height", 400, "yaxis", Map.of("type", "log")),
                List.of(Map.of("x", List.of(1, 2), "y", List.of(1, 100_000))));

        assertThat(picture.texts()).contains("10", "1k", "100k");
    }

    @Test
    void the_ticks_that_the_layout_names_are_written() {
        var picture = Drawn.of(
                Map.of(
                        "width",
                        600,
                        "height",
                        400,
                        "xaxis",
                        Map.of("tickvals", List.of(1, 2), "ticktext", List.of("one", "two"))),
                List.of(Map.of("x", List.of(1, 2), "y", List.of(1, 2))));

        assertThat(picture.texts()).contains("one", "two");
    }

    @Test
    void a_second_vertical_axis_has_its_labels_on_the_right() {
        var picture = Drawn.of(
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

        assertThat(picture.elements("text"))
                .filteredOn(text -> text.getTextContent().equals("777"))
                .singleElement()
                .satisfies(text ->
                        assertThat(Double.parseDouble(text.getAttribute("x"))).isGreaterThan(500));
    }

    @Test
    void plots_of_a_grid_stand_beside_each_other() {
        var picture = Drawn.of(
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

        assertThat(picture.bars("#222222").getFirst()[0])
                .isGreaterThan(picture.bars("#111111").getFirst()[2]);
    }

    @Test
    void the_legend_names_the_traces_and_may_stand_above_the_plot() {
        List<Map<String, Object>> data =
                List.of(Map.of("name", "first", "y", List.of(1, 2)), Map.of("name", "second", "y", List.of(2, 1)));

        var right = Drawn.of(Drawn.PLAIN, data);
        var above = Drawn.of(Map.of("width", 600, "height", 400, "legend", Map.of("orientation", "h")), data);

        assertThat(right.texts()).contains("first", "second");
        assertThat(legendPlace(right)[0]).isGreaterThan(400);
        assertThat(legendPlace(above)[1]).isLessThan(60);
    }

    private static double[] legendPlace(Drawn picture) {
        var text = picture.elements("text").stream()
                .filter(each -> each.getTextContent().equals("first"))
                .findFirst()
                .orElseThrow();
        return new double[] {Double.parseDouble(text.getAttribute("x")), Double.parseDouble(text.getAttribute("y"))};
    }

    @Test
    void annotations_and_shapes_are_drawn() {
        var picture = Drawn.of(
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

        assertThat(picture.texts()).contains("here");
        assertThat(picture.elements("path"))
                .anyMatch(path -> path.getAttribute("stroke").equals("#abcdef"));
    }

    @Test
    void long_names_are_turned_and_stay_inside_the_picture() {
        var names =
                IntStream.range(0, 8).mapToObj(i -> "a rather long name " + i).toList();

        var picture = Drawn.of(Map.of(
                "type", "bar", "x", names, "y", IntStream.range(0, 8).boxed().toList()));

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
        var picture = Drawn.of(
                Map.of("width", 600, "height", 400, "yaxis", Map.of("dtick", 1e-12)),
                List.of(Map.of("y", List.of(1, 2))));

        assertThat(picture.texts()).hasSizeLessThan(40);
    }
}
