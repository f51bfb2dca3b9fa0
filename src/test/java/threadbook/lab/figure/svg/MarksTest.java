package threadbook.lab.figure.svg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MarksTest {
    @Test
    void points_become_markers_and_a_line() {
        var picture = Drawn.traces("""
                {"type": "scatter", "mode": "lines+markers", "x": [1, 2, 3], "y": [1, 2, 1],
                 "line": {"color": "#112233", "dash": "dash"}}""");

        assertThat(picture.elements("circle")).hasSize(3);
        assertThat(picture.elements("path"))
                .anyMatch(path -> path.getAttribute("stroke").equals("#112233")
                        && !path.getAttribute("stroke-dasharray").isEmpty());
    }

    @Test
    void a_missing_point_breaks_the_line() {
        var picture = Drawn.traces("""
                {"mode": "lines", "x": [1, 2, 3], "y": [1, null, 3], "line": {"color": "#112233"}}""");

        assertThat(picture.stroked("#112233")).matches("M[^ML]*M[^ML]*");
    }

    @Test
    void a_line_may_go_in_steps() {
        var picture = Drawn.traces("""
                {"mode": "lines", "x": [1, 2], "y": [1, 2], "line": {"color": "#112233", "shape": "hv"}}""");

        assertThat(picture.elements("path"))
                .anyMatch(path -> path.getAttribute("stroke").equals("#112233")
                        && path.getAttribute("d").matches("M[^HV]*H[^HV]*V.*"));
    }

    @Test
    void an_area_stands_on_zero() {
        var picture = Drawn.traces("""
                {"mode": "lines", "x": [1, 2], "y": [5, 6], "fill": "tozeroy", "fillcolor": "#abcdef"}""");

        assertThat(picture.filled("#abcdef")).isEqualTo(1);
        assertThat(picture.texts()).contains("0");
    }

    @Test
    void grouped_bars_stand_side_by_side() {
        var picture = Drawn.traces("""
                {"type": "bar", "x": ["a", "b"], "y": [1, 2], "marker": {"color": "#111111"}}""", """
                {"type": "bar", "x": ["a", "b"], "y": [3, 4], "marker": {"color": "#222222"}}""");

        assertThat(picture.bars("#111111").getFirst()[2])
                .isEqualTo(picture.bars("#222222").getFirst()[0]);
    }

    @Test
    void stacked_bars_stand_on_each_other() {
        var picture = Drawn.chart("""
                {"barmode": "stack"}""", """
                {"type": "bar", "x": ["a"], "y": [1], "marker": {"color": "#111111"}}""", """
                {"type": "bar", "x": ["a"], "y": [3], "marker": {"color": "#222222"}}""");

        double[] lower = picture.bars("#111111").getFirst();
        double[] upper = picture.bars("#222222").getFirst();
        assertThat(upper[1]).isEqualTo(lower[3]);
        assertThat(upper[0]).isEqualTo(lower[0]);
    }

    @Test
    void a_bar_may_lie_and_begin_anywhere() {
        var picture = Drawn.traces("""
                {"type": "bar", "orientation": "h", "y": ["a"], "x": [2], "base": [3],
                 "marker": {"color": "#111111"}}""");
        double[] bar = picture.bars("#111111").getFirst();

        assertThat(bar[2]).isGreaterThan(bar[0]);
        assertThat(picture.texts()).contains("a", "4");
    }

    @Test
    void every_bar_may_have_a_colour_and_a_text() {
        var picture = Drawn.traces("""
                {"type": "bar", "x": ["a", "b"], "y": [1, 2], "text": ["one", "two"],
                 "marker": {"color": ["#111111", "#222222"]}}""");

        assertThat(picture.filled("#111111")).isEqualTo(1);
        assertThat(picture.filled("#222222")).isEqualTo(1);
        assertThat(picture.texts()).contains("one", "two");
    }

    @Test
    void hatched_bars_refer_to_a_pattern_that_is_defined_once() {
        var picture = Drawn.chart("""
                {"showlegend": true}""", """
                {"type": "bar", "name": "n", "x": ["a"], "y": [1],
                 "marker": {"color": "#111111", "pattern": {"shape": "/"}}}""");

        assertThat(picture.elements("pattern")).hasSize(1);
        String id = picture.elements("pattern").getFirst().getAttribute("id");
        assertThat(picture.filled("url(#" + id + ")")).isEqualTo(1);
    }

    @Test
    void error_bars_may_be_longer_on_one_side() {
        var picture = Drawn.chart("""
                {"yaxis": {"range": [0, 10]}, "margin": {"t": 0, "b": 0}}""", """
                {"mode": "markers", "x": [1], "y": [5],
                 "error_y": {"array": [1], "arrayminus": [2], "symmetric": false, "color": "#abcdef"}}""");

        assertThat(picture.elements("path"))
                .filteredOn(path -> path.getAttribute("stroke").equals("#abcdef"))
                .singleElement()
                .satisfies(path -> assertThat(path.getAttribute("d")).contains(" 280V160"));
    }

    @Test
    void a_box_shows_the_points_beyond_its_whiskers() {
        var picture = Drawn.traces("""
                {"type": "box", "name": "all", "y": [1, 2, 3, 4, 5, 6, 7, 8, 100]}""");

        assertThat(picture.elements("circle")).hasSize(1);
        assertThat(picture.texts()).contains("all");
    }

    @Test
    void a_heatmap_has_a_rectangle_for_each_number_and_a_scale() {
        var picture = Drawn.traces("""
                {"type": "heatmap", "z": [[1, 2], [3, 9]]}""");

        assertThat(picture.filled("#440154")).isEqualTo(1);
        assertThat(picture.filled("#fde725")).isEqualTo(1);
        assertThat(picture.texts()).contains("9");
    }

    @Test
    void a_value_that_a_logarithmic_axis_cannot_show_is_left_out() {
        var picture = Drawn.chart("""
                {"yaxis": {"type": "log"}}""", """
                {"mode": "markers", "x": [1, 2], "y": [0, 10]}""");

        assertThat(picture.elements("circle")).hasSize(1);
    }

    @Test
    void what_only_plotly_draws_is_said_in_the_picture() {
        var picture = Drawn.traces("""
                {"type": "pie", "labels": ["a"], "values": [1]}""");

        assertThat(picture.texts()).anyMatch(text -> text.contains("Interactive only") && text.contains("pie"));
    }
}
