package threadbook.lab.figure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.plotly.components.HoverLabel;
import tech.tablesaw.plotly.traces.Trace;

/// A trace given as plotly's own JSON, for what Tablesaw's builders cannot say: error bars, hatching,
/// the base of a bar.
///
/// ```java
/// new RawTrace(Map.of("type", "scatter", "x", List.of(1, 2), "y", List.of(3, 4),
///         "error_y", Map.of("array", List.of(0.1, 0.2))))
/// ```
///
/// @param json  attribute to value: strings, numbers, booleans, lists and maps
/// @see <a href="https://plotly.com/javascript/reference/">the attributes of a trace</a>
public record RawTrace(Map<String, Object> json) implements Trace {
    public RawTrace {
        json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
    }

    @Override
    public String asJavascript(int i) {
        return "var trace" + i + " = " + JsonText.of(json) + ";";
    }

    @Override
    public String name() {
        return String.valueOf(json.getOrDefault("name", ""));
    }

    @Override
    public @Nullable HoverLabel hoverLabel() {
        return null;
    }

    @Override
    public boolean showLegend() {
        return !Boolean.FALSE.equals(json.get("showlegend"));
    }
}
