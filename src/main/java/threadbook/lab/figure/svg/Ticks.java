package threadbook.lab.figure.svg;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the marks of an axis: those the layout names, otherwise at round numbers as plotly chooses them.
final class Ticks {
    private static final double NEARLY = 1e-9;
    private static final int MOST = 200; // a dtick far too small would fill the memory

    private Ticks() {}

    /// @param length  about how long the axis is, in pixels
    static List<Tick> of(Axis axis, double length) {
        var spec = axis.spec();
        if (spec.is("showticklabels", false) && !spec.has("tickvals")) {
            return List.of();
        }
        if (spec.has("tickvals")) {
            return given(
                    axis, spec.list("tickvals"), spec.has("ticktext") ? spec.list("ticktext") : spec.list("tickvals"));
        }
        return switch (axis.kind()) {
            case CATEGORY -> categories(axis);
            case LOG -> logarithmic(axis);
            case LINEAR -> linear(axis, length);
        };
    }

    private static List<Tick> given(Axis axis, List<?> values, List<?> texts) {
        var ticks = new ArrayList<Tick>();
        for (int i = 0; i < values.size(); i++) {
            Object text = i < texts.size() ? texts.get(i) : values.get(i);
            add(ticks, axis, axis.coordinate((@Nullable Object) values.get(i)), NumberText.plain(text));
        }
        return ticks;
    }

    private static List<Tick> categories(Axis axis) {
        var ticks = new ArrayList<Tick>();
        for (var category : axis.categories()) {
            add(ticks, axis, ticks.size(), category);
        }
        return ticks;
    }

    private static List<Tick> logarithmic(Axis axis) {
        double decades = axis.highest() - axis.lowest();
        int[] multiples = decades < 1.2 ? new int[] {1, 2, 3, 5} : decades < 2.3 ? new int[] {1, 2, 5} : new int[] {1};
        var ticks = new ArrayList<Tick>();
        for (int exponent = (int) Math.floor(axis.lowest()); exponent <= Math.ceil(axis.highest()); exponent++) {
            for (int multiple : multiples) {
                double value = multiple * Math.pow(10, exponent);
                add(ticks, axis, Math.log10(value), NumberText.prefixed(value));
            }
        }
        return ticks;
    }

    private static List<Tick> linear(Axis axis, double length) {
        double range = axis.highest() - axis.lowest();
        double parts = Math.clamp(length / (axis.isHorizontal() ? 80 : 40), 4, 9) + 1;
        double round = roundUp(range / parts);
        double asked = axis.spec().number("dtick", round);
        double step = asked > range / MOST ? asked : round;
        var ticks = new ArrayList<Tick>();
        long first = (long) Math.ceil(axis.lowest() / step - NEARLY);
        for (long i = first; i * step <= axis.highest() + step * NEARLY; i++) {
            add(ticks, axis, i * step, NumberText.at(i * step, step));
        }
        return ticks;
    }

    /// {@return 2, 5 or 10 times a power of ten, at least the number and as near as can be}
    private static double roundUp(double number) {
        double power = Math.pow(10, Math.floor(Math.log10(number)));
        double digits = number / power;
        return power * (digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
    }

    private static void add(List<Tick> ticks, Axis axis, double coordinate, String label) {
        double tolerance = (axis.highest() - axis.lowest()) * NEARLY;
        if (coordinate >= axis.lowest() - tolerance && coordinate <= axis.highest() + tolerance) {
            String prefix = axis.spec().text("tickprefix", "");
            String suffix = axis.spec().text("ticksuffix", "");
            ticks.add(new Tick(coordinate, prefix + label + suffix));
        }
    }
}
