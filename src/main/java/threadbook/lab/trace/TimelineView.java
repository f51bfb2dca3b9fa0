package threadbook.lab.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import threadbook.lab.figure.Html;

/// How a timeline is shown: a picture in an `img`, which notebooks of strangers show too, with words beside it;
/// and lines of letters where there are no pictures.
final class TimelineView {
    private static final int COLUMNS = 60; // letters of a line
    private static final int LINES = 24; // lanes that are written; the picture folds likewise
    private static final int SAID = 8; // lanes of which the alternative text speaks

    private TimelineView() {}

    static Map<String, String> of(Timeline timeline) {
        String svg = timeline.svg();
        var html = new StringBuilder(
                """
                <figure style="margin:0"><img style="max-width:100%%;height:auto" alt="%s" \
                src="data:image/svg+xml;base64,%s"></figure>""".formatted(Html.escape(alt(timeline)), base64(svg.getBytes(StandardCharsets.UTF_8))));
        timeline.remarks()
                .forEach(each -> html.append("<p style=\"margin:4px 0\"><small>")
                        .append(Html.escape(each))
                        .append("</small></p>"));
        html.append(download(timeline));
        var bundle = new LinkedHashMap<String, String>();
        bundle.put("text/html", html.toString());
        bundle.put("image/svg+xml", svg);
        bundle.put("text/plain", text(timeline));
        return bundle;
    }

    private static String download(Timeline timeline) {
        ChromeTrace trace = ChromeTrace.of(timeline);
        String left = trace.left() == 0 ? "" : "; the %d shortest stretches are left out".formatted(trace.left());
        return """
                <p style="margin:4px 0"><small><a download="timeline.json.gz" href="data:application/gzip;base64,%s">\
                All of it as a file</a> for ui.perfetto.dev, where one can zoom%s.</small></p>""".formatted(base64(zipped(trace.json())), left);
    }

    private static byte[] zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) { // it is memory
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// {@return what the picture shows, in words}
    static String alt(Timeline timeline) {
        var sentences = new ArrayList<String>();
        sentences.add(title(timeline));
        timeline.lanes().stream().limit(SAID).forEach(lane -> sentences.add(lane.name() + ": " + shares(lane)));
        int more = timeline.lanes().size() - SAID;
        if (more > 0) {
            sentences.add("And %d more".formatted(more));
        }
        timeline.guards().stream()
                .filter(guard -> guard.permits() > 1)
                .limit(2)
                .forEach(guard -> sentences.add("Of %d permits of %s at most %d were taken at once"
                        .formatted(guard.permits(), guard.name(), guard.peak())));
        return String.join(". ", sentences) + ".";
    }

    static String title(Timeline timeline) {
        int lanes = timeline.lanes().size();
        return "Timeline of %s, %s"
                .formatted(Timeline.ms(timeline.length()), lanes == 1 ? "1 thread" : lanes + " threads");
    }

    /// {@return as in "running 52 %, waiting for a core 48 %"}
    static String shares(Lane lane) {
        long all = Math.max(1, lane.end() - lane.begin());
        String shares = lane.times().entrySet().stream()
                .filter(entry -> 200 * entry.getValue() >= all)
                .sorted(Map.Entry.<State, Long>comparingByValue().reversed())
                .map(entry -> "%s %.0f %%".formatted(entry.getKey(), 100.0 * entry.getValue() / all))
                .collect(Collectors.joining(", "));
        return shares.isEmpty() ? "over at once" : shares;
    }

    static String text(Timeline timeline) {
        var lines = new ArrayList<String>();
        lines.add(title(timeline));
        var shown = timeline.lanes().size() <= LINES
                ? timeline.lanes()
                : timeline.lanes().subList(0, LINES);
        int width = shown.stream().mapToInt(lane -> lane.name().length()).max().orElse(0);
        for (Lane lane : shown) {
            lines.add(String.format(
                    Locale.ROOT, "%-" + Math.max(1, width) + "s |%s|", lane.name(), letters(lane, timeline.length())));
        }
        if (shown.size() < timeline.lanes().size()) {
            lines.add("and %d more".formatted(timeline.lanes().size() - shown.size()));
        }
        lines.add(legend(timeline));
        lines.addAll(timeline.remarks());
        return String.join("\n", lines);
    }

    private static String legend(Timeline timeline) {
        return java.util.Arrays.stream(State.values())
                .filter(state -> timeline.millis(state) > 0)
                .map(state -> state.letter() + " " + state)
                .collect(Collectors.joining(", "));
    }

    private static String letters(Lane lane, long length) {
        List<@Nullable State> columns = Columns.of(lane, length, COLUMNS);
        return columns.stream()
                .map(state -> state == null ? " " : String.valueOf(state.letter()))
                .collect(Collectors.joining());
    }
}
