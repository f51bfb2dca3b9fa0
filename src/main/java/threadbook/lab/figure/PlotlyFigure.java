package threadbook.lab.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.plotly.components.Figure;

/// A figure as plotly.js 3 accepts it, with the words for those who do not see it.
///
/// @param data    the traces, each attribute to value
/// @param layout  attribute to value
/// @param config  what the author asked of plotly's controls; usually empty
/// @param alt     what it shows, in words; not blank
record PlotlyFigure(
        List<Map<String, Object>> data, Map<String, Object> layout, Map<String, Object> config, String alt) {

    /// Reads Tablesaw's figure; a figure that somebody draws twice is read twice, nothing is kept.
    ///
    /// @throws IllegalArgumentException if a trace writes something else than a JavaScript literal
    static PlotlyFigure of(Figure figure) {
        var data = new ArrayList<Map<String, Object>>();
        for (var trace : figure.getTraces()) {
            // Every trace is read from its JavaScript, ours too: so it is a copy that may be changed.
            data.add(object(JavaScriptLiteral.assigned(trace.asJavascript(data.size()))));
        }
        var layout = new LinkedHashMap<String, Object>();
        if (figure instanceof Chart chart) {
            layout.putAll(object(JavaScriptLiteral.of(JsonText.of(chart.layout()))));
        } else if (figure.getLayout() != null) {
            layout.putAll(object(JavaScriptLiteral.assigned(figure.getLayout().asJavascript())));
        }
        var config = new LinkedHashMap<String, Object>();
        if (figure.getConfig() != null) {
            config.putAll(object(JavaScriptLiteral.of(figure.getConfig().asJSON())));
        }
        PlotlyDialect.modernise(data, layout);
        Appearance.complete(data, layout);
        return new PlotlyFigure(
                data, layout, config, figure instanceof Chart chart ? chart.alt() : AltText.of(data, layout));
    }

    /// {@return the JSON that the handout and other readers of our own MIME type take}
    String json() {
        return JsonText.of(Map.of("data", data, "layout", layout, "config", config, "alt", alt));
    }

    @SuppressWarnings("unchecked") // the reader makes no other maps
    static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }

    /// {@return the object that is the value of an attribute, put there if there is none}
    static Map<String, Object> child(Map<String, Object> parent, String key) {
        return object(parent.compute(key, (_, old) -> old instanceof Map ? old : new LinkedHashMap<String, Object>()));
    }
}
