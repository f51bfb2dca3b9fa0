package threadbook.lab.figure;

import static threadbook.lab.figure.PlotlyFigure.child;
import static threadbook.lab.figure.PlotlyFigure.object;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Brings what Tablesaw 0.44 writes, for plotly.js 1, up to what plotly.js 3 and 4 accept.
///
/// Without it plotly.js 3 shows neither titles nor axis titles, and refuses the numbers in quotes.
///
/// @see <a href="https://github.com/plotly/plotly.js/releases/tag/v3.0.0">what plotly.js 3 removed</a>
final class PlotlyDialect {
    private static final Pattern AXIS = Pattern.compile("[xyz]axis\\d*");
    private static final Pattern SECOND_AXIS = Pattern.compile("[xy]([2-9]|\\d\\d+)");
    private static final Set<String> NUMERIC = Set.of("dtick", "nticks", "tick0", "opacity", "scaleratio");
    private static final Set<String> WITHOUT_MARKER_SIZE = Set.of("bar", "histogram", "box", "violin", "pie");

    private PlotlyDialect() {}

    static boolean isAxis(String name) {
        return AXIS.matcher(name).matches();
    }

    /// Changes the traces and the layout in place.
    static void modernise(List<Map<String, Object>> data, Map<String, Object> layout) {
        title(layout);
        renameFirst(layout, "yaxis1", "yaxis");
        var categories = new HashSet<Character>();
        for (var member : layout.entrySet()) {
            if (isAxis(member.getKey())) {
                var axis = object(member.getValue());
                axis(axis);
                if ("category".equals(axis.get("type"))) {
                    categories.add(member.getKey().charAt(0));
                }
            }
        }
        if (layout.get("grid") instanceof Map<?, ?> grid) {
            grid.remove("xgap"); // Tablesaw's default is 100, plotly's range is 0 to 1
            grid.remove("ygap");
        }
        if (layout.containsKey("barmode")) {
            child(layout, "legend").putIfAbsent("traceorder", "normal"); // plotly reverses it for stacked bars
        }
        for (var trace : data) {
            trace(trace, categories);
            Bins.count(trace, layout);
            anchor(trace, layout);
        }
    }

    private static void renameFirst(Map<String, Object> layout, String old, String name) {
        Object value = layout.remove(old);
        if (value != null) {
            layout.putIfAbsent(name, value);
        }
    }

    private static void title(Map<String, Object> owner) {
        Object old = owner.remove("title");
        Object font = owner.remove("titlefont");
        var title = old instanceof Map ? object(old) : new LinkedHashMap<String, Object>();
        if (old instanceof String text && !text.isEmpty()) {
            title.put("text", lineBreaks(text));
        }
        if (font != null) {
            title.put("font", font);
        }
        if (title.containsKey("text")) {
            owner.put("title", title);
        }
    }

    /// plotly breaks lines at its own mark only.
    private static String lineBreaks(String text) {
        return text.strip().replace("\r\n", "\n").replace("\n", "<br>");
    }

    private static void axis(Map<String, Object> axis) {
        title(axis);
        numbersIn(axis);
        axis.computeIfPresent("range", (_, range) -> numbers(range));
        axis.computeIfPresent("tickvals", (_, values) -> numbers(values));
        axis.computeIfPresent("autorange", (_, text) -> truth(text));
        axis.keySet().removeAll(Set.of("showtickprefix", "showticksuffix", "showspike", "showExponent"));
    }

    private static void trace(Map<String, Object> trace, Set<Character> categories) {
        String type = String.valueOf(trace.getOrDefault("type", "scatter"));
        for (var key : List.of("x", "y", "labels", "values", "open", "high", "low", "close")) {
            if (!categories.contains(key.charAt(0)) || key.length() > 1) {
                trace.computeIfPresent(key, (_, values) -> numbers(values));
            }
        }
        numbersIn(trace);
        trace.computeIfPresent("visible", (_, text) -> truth(text));
        trace.replace("xaxis", "x1", "x");
        trace.replace("yaxis", "y1", "y");
        trace.remove("name", "");
        if (type.equals("heatmap")) {
            trace.putIfAbsent("colorscale", "Viridis");
        }
        if (type.startsWith("histogram")) {
            trace.remove("nbinsx", 0L); // 0 is Tablesaw's word for "not said", plotly wants it left out
            trace.remove("nbinsy", 0L);
        }
        if (trace.get("marker") instanceof Map<?, ?> marker) {
            marker(object(marker), type);
        }
        if (trace.get("line") instanceof Map<?, ?> line && !"spline".equals(line.get("shape"))) {
            line.remove("smoothing");
        }
    }

    private static void marker(Map<String, Object> marker, String type) {
        if (WITHOUT_MARKER_SIZE.contains(type)) {
            marker.remove("size");
        }
        boolean scaled =
                marker.get("color") instanceof List<?> colors && colors.stream().anyMatch(Number.class::isInstance);
        if (!scaled) {
            marker.keySet().removeAll(Set.of("cmin", "cmax", "cauto", "colorscale", "showscale", "colorbar"));
        }
    }

    /// Ties the axes of a subplot together, which Tablesaw cannot say: without it plotly writes the
    /// labels of the second y axis over the first plot.
    private static void anchor(Map<String, Object> trace, Map<String, Object> layout) {
        if (trace.get("xaxis") instanceof String x
                && trace.get("yaxis") instanceof String y
                && SECOND_AXIS.matcher(x).matches()) {
            child(layout, "xaxis" + x.substring(1)).putIfAbsent("anchor", y);
            child(layout, "yaxis" + y.substring(1)).putIfAbsent("anchor", x);
        }
    }

    private static void numbersIn(Map<String, Object> owner) {
        owner.replaceAll((key, value) -> NUMERIC.contains(key) && value instanceof String text ? number(text) : value);
    }

    private static Object truth(Object text) {
        return switch (String.valueOf(text)) {
            case "true", "True" -> true;
            case "false", "False" -> false;
            default -> text;
        };
    }

    /// {@return the list with its numbers taken out of their quotes, if it holds nothing but numbers}
    private static Object numbers(Object values) {
        if (!(values instanceof List<?> list)) {
            return values;
        }
        var result = new ArrayList<@Nullable Object>(list.size());
        for (Object element : list) {
            Object number = element instanceof String text ? number(text) : element;
            if (number instanceof String text && !text.isEmpty() && !isMissing(text)) {
                return values;
            }
            result.add(number instanceof String ? null : number);
        }
        return result;
    }

    private static boolean isMissing(String text) {
        return text.equals("null") || text.equals("NaN") || text.endsWith("Infinity");
    }

    private static Object number(String text) {
        if (isMissing(text)) {
            return text;
        }
        try {
            return JavaScriptLiteral.number(text);
        } catch (NumberFormatException notANumber) {
            return text; // then it is a category or a date
        }
    }
}
