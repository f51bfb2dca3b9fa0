package threadbook.lab.figure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.Trace;

/// A Tablesaw figure that also says in words what it shows and may carry any layout of plotly.
///
/// [Charts] makes them. One of your own:
///
/// ```java
/// new Chart("Two points, the second one higher",
///         Map.of("title", Map.of("text", "Points")),
///         new RawTrace(Map.of("type", "scatter", "x", List.of(1, 2), "y", List.of(3, 4))))
/// ```
///
/// Immutable as far as [#mimeBundle] is concerned.
public final class Chart extends Figure {
    private final String alt;
    private final Map<String, Object> layout;

    /// @param alt     what the chart shows, in words, for readers who do not see it; not blank
    /// @param layout  plotly's layout: attribute to value
    /// @param traces  at least one
    public Chart(String alt, Map<String, Object> layout, Trace... traces) {
        super(Layout.builder().build(), traces);
        if (alt.isBlank()) {
            throw new IllegalArgumentException("""
                    The alternative text of a chart is blank.
                    Say in a sentence what the chart shows: it is read out to those who do not see it.\
                    """);
        }
        if (traces.length == 0) {
            throw new IllegalArgumentException("A chart needs at least one trace, found none.");
        }
        this.alt = alt;
        this.layout = Collections.unmodifiableMap(new LinkedHashMap<>(layout));
    }

    /// {@return what the chart shows, in words}
    public String alt() {
        return alt;
    }

    /// {@return the same chart with other words for those who do not see it}
    ///
    /// @param text  not blank
    public Chart alt(String text) {
        return new Chart(text, layout, getTraces());
    }

    /// {@return the same chart with a logarithmic horizontal axis}; what is not positive is left out
    public Chart logX() {
        return logarithmic("xaxis");
    }

    /// {@return the same chart with a logarithmic vertical axis}; what is not positive is left out
    public Chart logY() {
        return logarithmic("yaxis");
    }

    /// Leaves the range to whoever draws: that of a linear axis would begin at zero.
    private Chart logarithmic(String name) {
        var axis = new LinkedHashMap<String, Object>();
        if (layout.get(name) instanceof Map<?, ?> before) {
            before.forEach((attribute, value) -> axis.put(String.valueOf(attribute), value));
        }
        axis.remove("range");
        axis.put("type", "log");
        var changed = new LinkedHashMap<>(layout);
        changed.put(name, axis);
        return new Chart(alt, changed, getTraces());
    }

    /// {@return the chart as MIME type to content: html, plotly JSON, SVG and text}
    public Map<String, String> mimeBundle() {
        return ChartBundle.of(PlotlyFigure.of(this));
    }

    /// {@return plotly's layout: attribute to value}
    Map<String, Object> layout() {
        return layout;
    }

    /// {@return the traces as plotly's JSON, in the order drawn}
    List<Trace> traces() {
        return List.of(getTraces());
    }

    @Override
    public String toString() {
        return alt;
    }
}
