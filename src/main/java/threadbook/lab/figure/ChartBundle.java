package threadbook.lab.figure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import threadbook.lab.figure.svg.StaticSvg;
import threadbook.lab.figure.svg.TraceTypes;

/// The forms in which a chart is published, as MIME type to content.
///
/// The html is a `<figure>` with three parts: the picture as an `<img>`, which even a notebook from a
/// stranger shows, with its alternative text; the chart as JSON; and a script that loads plotly.js from
/// the kernel's own folder on the Jupyter server, draws the chart and hides the picture. Where anything
/// of that is missing, the picture stays. A chart of a type that our plotly.js does not know is a picture
/// with a note, and has no JSON.
///
/// The kernel's name in Jupyter, a part of that address, is the system property
/// `threadbook.kernelspec`; without it `java`.
final class ChartBundle {
    private static final String SCRIPT = resource("chart.js")
            .replace("INK", Palette.INK)
            .replace("RULE", Palette.RULE)
            .replace("PAPER", Palette.PAPER);

    private ChartBundle() {}

    static Map<String, String> of(PlotlyFigure figure) {
        String svg = StaticSvg.of(figure.data(), figure.layout(), figure.alt());
        var bundle = new LinkedHashMap<String, String>();
        if (isLive(figure)) {
            String json = figure.json();
            bundle.put("text/html", html(figure, svg, live(json)));
            bundle.put("application/vnd.threadbook.chart+json", json);
        } else {
            bundle.put("text/html", html(figure, svg, ""));
        }
        bundle.put("image/svg+xml", svg);
        bundle.put("text/plain", figure.alt());
        return bundle;
    }

    private static boolean isLive(PlotlyFigure figure) {
        return figure.data().stream()
                .allMatch(trace -> TraceTypes.isLive(String.valueOf(trace.getOrDefault("type", "scatter"))));
    }

    private static String html(PlotlyFigure figure, String svg, String live) {
        return """
                <figure style="position:relative;margin:0;max-width:%spx">\
                <img alt="%s" style="max-width:100%%;height:auto" src="data:image/svg+xml;base64,%s">\
                %s</figure>\
                """.formatted(
                        JsonText.of(figure.layout().get("width")),
                        Html.escape(figure.alt()),
                        Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8)),
                        live);
    }

    private static String live(String json) {
        String kernel = System.getProperty("threadbook.kernelspec", "java");
        return """
                <script type="application/json">%s</script>
                <script>%s</script>\
                """.formatted(json, SCRIPT.replace("KERNELSPEC", kernel));
    }

    private static String resource(String name) {
        try (var stream = Objects.requireNonNull(ChartBundle.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("The library's own file " + name + " cannot be read.", broken);
        }
    }
}
