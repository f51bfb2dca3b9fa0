package threadbook.lab.figure.svg;

import java.util.List;
import java.util.Map;

/// The picture of a chart.
public final class StaticSvg {
    private StaticSvg() {}

    public static String of(List<Map<String, Object>> data, Map<String, Object> layout, String alt) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\"><title>x</title></svg>"
                .formatted(layout.get("width"), layout.get("height"));
    }
}
