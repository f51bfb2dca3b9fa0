package threadbook.lab.figure.svg;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One axis: from values to coordinates to pixels.
///
/// A *coordinate* is what plotly's ranges are made of: the number itself on a linear axis, its decimal
/// logarithm on a logarithmic one, the index on an axis of categories.
final class Axis {
    enum Kind {
        LINEAR,
        LOG,
        CATEGORY
    }

    private static final double PADDING = 0.055; // of the range, as plotly does for markers

    private final String id;
    private final Attributes spec;
    private final Map<String, Integer> categories = new LinkedHashMap<>();
    private Kind kind;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private boolean fromZero;
    private boolean tight;
    private boolean airy;
    private double start;
    private double end;
    private List<Tick> ticks = List.of();

    /// @param id    `x`, `y`, `x2` …
    /// @param spec  the layout's attribute `xaxis`, `yaxis2` …
    Axis(String id, Attributes spec) {
        this.id = id;
        this.spec = spec;
        this.kind = switch (spec.text("type", "-").toLowerCase(Locale.ROOT)) {
            case "log" -> Kind.LOG;
            case "category" -> Kind.CATEGORY;
            default -> Kind.LINEAR;
        };
    }

    String id() {
        return id;
    }

    Attributes spec() {
        return spec;
    }

    Kind kind() {
        return kind;
    }

    boolean isHorizontal() {
        return id.startsWith("x");
    }

    /// {@return 0 for `x` and `x1`, 1 for `x2` …}
    int index() {
        return id.length() == 1 ? 0 : Integer.parseInt(id.substring(1)) - 1;
    }

    List<Tick> ticks() {
        return ticks;
    }

    List<String> categories() {
        return List.copyOf(categories.keySet());
    }

    /// Turns into an axis of categories if there are texts among the values and the layout names no type.
    void expect(List<?> values) {
        if (!spec.has("type") && values.stream().anyMatch(String.class::isInstance)) {
            kind = Kind.CATEGORY;
        }
    }

    /// {@return the coordinate of a value; NaN if it has none here: null, or not positive on a log axis};
    /// an unknown category becomes the last one
    double coordinate(@Nullable Object value) {
        if (value == null) {
            return Double.NaN;
        }
        if (kind == Kind.CATEGORY) {
            return categories.computeIfAbsent(NumberText.plain(value), _ -> categories.size());
        }
        return coordinate(Attributes.number(value, Double.NaN));
    }

    /// {@return the coordinate of a number}
    double coordinate(double value) {
        if (kind == Kind.LOG) {
            return value > 0 ? Math.log10(value) : Double.NaN;
        }
        return value;
    }

    /// Makes sure that the range will hold a coordinate; NaN is ignored.
    void reach(double coordinate) {
        if (Double.isFinite(coordinate)) {
            low = Math.min(low, coordinate);
            high = Math.max(high, coordinate);
        }
    }

    /// Lets the range begin at zero, as bars and filled areas must.
    void beginAtZero() {
        fromZero = kind == Kind.LINEAR;
    }

    /// Lets the range end where the values end, unless another trace needs air around its markers.
    void fitTightly() {
        tight = true;
    }

    /// Keeps air around the values, so that no marker is cut.
    void keepAir() {
        airy = true;
    }

    /// Finds the range and the ticks once all traces have said what to reach.
    ///
    /// @param length  about how long the axis will be, in pixels: says how many ticks have room
    void fit(double length) {
        var range = spec.list("range");
        if (range.size() == 2 && range.stream().allMatch(Number.class::isInstance)) {
            low = Attributes.number(range.get(0), 0);
            high = Attributes.number(range.get(1), 1);
        } else {
            fitToValues();
        }
        ticks = Ticks.of(this, length);
    }

    private void fitToValues() {
        if (kind == Kind.CATEGORY) {
            low = -0.5;
            high = Math.max(1, categories.size()) - 0.5;
        }
        if (low > high) {
            low = 0;
            high = 1;
        }
        if (fromZero) {
            low = Math.min(low, 0);
            high = Math.max(high, 0);
        }
        if (low == high) {
            low -= 0.5;
            high += 0.5;
        }
        if ((!tight || airy) && kind != Kind.CATEGORY) {
            double padding = (high - low) * PADDING;
            low -= fromZero && low == 0 ? 0 : padding;
            high += fromZero && high == 0 ? 0 : padding;
        }
        if (spec.is("autorange", "reversed")) {
            double swap = low;
            low = high;
            high = swap;
        }
    }

    /// {@return the lowest coordinate of the range}
    double lowest() {
        return Math.min(low, high);
    }

    /// {@return the highest coordinate of the range}
    double highest() {
        return Math.max(low, high);
    }

    /// Says where the range begins and ends on the picture, in pixels.
    void place(double startPixel, double endPixel) {
        start = startPixel;
        end = endPixel;
    }

    double start() {
        return start;
    }

    double end() {
        return end;
    }

    /// {@return the pixel of a coordinate; NaN stays NaN}
    double pixel(double coordinate) {
        return start + (coordinate - low) / (high - low) * (end - start);
    }

    /// {@return the pixel of a value}
    double pixelOf(@Nullable Object value) {
        return pixel(coordinate(value));
    }

    double tickSize(double fontSize) {
        return spec.object("tickfont").number("size", fontSize);
    }

    double titleSize(double fontSize) {
        return spec.object("title").object("font").number("size", Math.round(fontSize * 1.2));
    }

    /// {@return the width of the widest tick label, in pixels}
    double widestLabel(double fontSize) {
        return ticks.stream()
                .mapToDouble(tick -> RichText.width(tick.label(), tickSize(fontSize)))
                .max()
                .orElse(0);
    }
}
