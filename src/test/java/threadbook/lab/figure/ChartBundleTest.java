package threadbook.lab.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.plotly.components.Figure;
import threadbook.runtime.Renderer;

@Timeout(30)
class ChartBundleTest {
    private static final String JSON = "application/vnd.threadbook.chart+json";

    private static Map<String, String> bundle(Figure figure) {
        return new TablesawRenderer().render(figure).orElseThrow();
    }

    @Test
    void a_chart_has_four_forms_the_richest_first_and_not_plotlys_own() {
        var bundle = bundle(Gallery.ours().get("speedup"));

        assertThat(bundle).containsOnlyKeys("text/html", JSON, "image/svg+xml", "text/plain");
        assertThat(bundle.keySet().iterator().next()).isEqualTo("text/html");
    }

    @Test
    void a_chart_draws_itself_as_the_renderer_would() {
        var chart = (Chart) Gallery.ours().get("speedup");

        assertThat(chart.mimeBundle()).isEqualTo(bundle(chart));
    }

    @Test
    void every_figure_has_an_alternative_text_in_every_form() {
        Gallery.all().forEach((kind, figure) -> {
            var bundle = bundle(figure);
            String alt = bundle.get("text/plain");

            assertThat(alt).as(kind).isNotBlank();
            assertThat(bundle.get("text/html")).as(kind).contains("<img alt=\"" + Html.escape(alt) + "\"");
            assertThat(bundle.get("image/svg+xml")).as(kind).contains("<title ", "aria-labelledby=");
        });
    }

    @Test
    void the_picture_in_the_html_is_the_svg() {
        var bundle = bundle(Gallery.ours().get("bars"));
        var data = Pattern.compile("data:image/svg\\+xml;base64,([^\"]+)\"").matcher(bundle.get("text/html"));

        assertThat(data.find()).isTrue();
        assertThat(new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.UTF_8))
                .isEqualTo(bundle.get("image/svg+xml"));
    }

    @Test
    void the_script_asks_the_kernels_own_folder_and_nothing_else() {
        var html = bundle(Gallery.ours().get("bars")).get("text/html");

        assertThat(html).contains("'kernelspecs/java/plotly.min.js'", "showSendToCloud: false");
        assertThat(html.replaceAll("base64,[^\"]+", "")).doesNotContain("http:", "https:");
    }

    @Test
    void the_name_of_the_kernel_can_be_set() {
        System.setProperty("threadbook.kernelspec", "java-test");
        try {
            assertThat(bundle(Gallery.ours().get("bars")).get("text/html"))
                    .contains("kernelspecs/java-test/plotly.min.js");
        } finally {
            System.clearProperty("threadbook.kernelspec");
        }
    }

    @Test
    void what_our_plotly_would_draw_wrongly_stays_a_picture_that_says_so() {
        var bundle = bundle(Gallery.interactiveOnly().get("3d"));

        assertThat(bundle).doesNotContainKey(JSON);
        assertThat(bundle.get("text/html")).doesNotContain("<script");
        assertThat(bundle.get("image/svg+xml")).contains("Not drawn", "scatter3d");
    }

    @Test
    void a_hostile_title_opens_no_element() {
        var table = ChartsTest.costs();

        var html = Charts.bars(table, "</script><script>alert(1)</script>\"><img src=x onerror=alert(1)>")
                .mimeBundle()
                .get("text/html");

        assertThat(html).doesNotContain("alert(1)</script>", "<img src=x");
        assertThat(html.split("<script", -1)).hasSize(3);
    }

    @Test
    void a_chart_without_words_is_refused() {
        assertThatThrownBy(() -> new Chart(" ", Map.of(), new RawTrace(Map.of("type", "bar"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alternative text");
    }

    @Test
    void the_kernel_finds_the_renderer_as_a_service() {
        assertThat(ServiceLoader.load(Renderer.class)).hasAtLeastOneElementOfType(TablesawRenderer.class);
    }
}
