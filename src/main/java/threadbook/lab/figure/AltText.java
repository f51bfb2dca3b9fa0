package threadbook.lab.figure;

import static threadbook.lab.figure.PlotlyFigure.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Words for a figure whose author wrote none: its title, its axes, and the kind and name of what is
/// drawn. The charts of [Charts] say more, for they know what their numbers mean.
final class AltText {
    private AltText() {}

    static String of(List<Map<String, Object>> data, Map<String, Object> layout) {
        var sentences = new ArrayList<String>();
        String title = title(layout);
        sentences.add("Chart" + (title.isEmpty() ? "" : ": " + title));
        String x = title(object(layout.get("xaxis")));
        String y = title(object(layout.get("yaxis")));
        if (!x.isEmpty()) {
            sentences.add("Horizontal axis: " + x);
        }
        if (!y.isEmpty()) {
            sentences.add("Vertical axis: " + y);
        }
        if (!data.isEmpty()) {
            sentences.add(String.join(", ", data.stream().map(AltText::trace).toList()));
        }
        return String.join(". ", sentences) + ".";
    }

    private static String trace(Map<String, Object> trace) {
        String kind = switch (String.valueOf(trace.getOrDefault("type", "scatter"))) {
            case "scatter" -> String.valueOf(trace.get("mode")).contains("markers") ? "points" : "line";
            case "bar" -> "bars";
            case String type -> type;
        };
        return trace.get("name") instanceof String name ? kind + " “" + plain(name) + "”" : kind;
    }

    private static String title(Map<String, Object> owner) {
        return object(owner.get("title")).get("text") instanceof String text ? plain(text) : "";
    }

    /// {@return the text without plotly's marks for bold, subscripts and line breaks}
    static String plain(String text) {
        return text.replaceAll("(?i)<br ?/?>", " ").replaceAll("(?i)</?(b|i|u|em|s|sub|sup|span|a)( [^>]*)?>", "");
    }
}
