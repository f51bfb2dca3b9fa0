package threadbook.lab.figure.svg;

import java.util.List;

/// One trace of a chart with the axes it is drawn on.
///
/// @param spec      its JSON
/// @param x         horizontal axis
/// @param y         vertical axis
/// @param index     its number among the traces, from 0
/// @param fallback  its colour if its JSON names none
record Trace(Attributes spec, Axis x, Axis y, int index, String fallback) {

    String type() {
        return spec.text("type", "scatter");
    }

    List<?> xs() {
        return spec.list("x");
    }

    List<?> ys() {
        return spec.list("y");
    }

    Attributes marker() {
        return spec.object("marker");
    }

    Attributes line() {
        return spec.object("line");
    }

    double opacity() {
        return spec.number("opacity", 1);
    }

    /// {@return the colour of the trace as a whole}
    String color() {
        return marker().text("color").or(() -> line().text("color")).orElse(fallback);
    }

    /// {@return the colour of one point: from a list of colours, from a list of numbers and the colour
    /// scale, or that of the trace}
    String color(int point) {
        Object color = marker().at("color", point);
        if (color instanceof Number number) {
            var numbers = marker().list("color").stream()
                    .filter(Number.class::isInstance)
                    .mapToDouble(each -> ((Number) each).doubleValue())
                    .summaryStatistics();
            return ColorScale.at(number.doubleValue(), numbers.getMin(), numbers.getMax());
        }
        return color instanceof String name ? name : color();
    }

    boolean isHorizontal() {
        return spec.is("orientation", "h");
    }
}
