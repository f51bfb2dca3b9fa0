package threadbook.lab.figure.svg;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers as they stand on an axis, as plotly writes them: `0.25`, `−3`, `20k`.
final class NumberText {
    private static final String[] PREFIXES = {"p", "n", "μ", "m", "", "k", "M", "G", "T"};
    private static final int NO_PREFIX = 4;

    private NumberText() {}

    /// {@return the number with at most as many decimals as the step between ticks needs}
    static String at(double value, double step) {
        if (Math.abs(value) >= 10_000 && step >= 100) {
            return prefixed(value);
        }
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        String text = new BigDecimal(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
        return minus(text);
    }

    /// {@return the number with three digits and a prefix of the SI; from 0.001 to 999 without one}
    static String prefixed(double value) {
        if (value == 0) {
            return "0";
        }
        double magnitude = Math.floor(Math.log10(Math.abs(value)) / 3 + 1e-9);
        int thousands = (int) Math.clamp(magnitude, -NO_PREFIX, PREFIXES.length - 1.0 - NO_PREFIX);
        if (thousands == -1) {
            thousands = 0;
        }
        double mantissa = value / Math.pow(1000, thousands);
        String text = mantissa == Math.rint(mantissa)
                ? Long.toString((long) mantissa)
                : String.format(Locale.ROOT, "%.3g", mantissa).replaceAll("\\.?0+$", "");
        return minus(text) + PREFIXES[thousands + NO_PREFIX];
    }

    /// {@return a value as plotly labels it: whole numbers without decimals}
    static String plain(@Nullable Object value) {
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? minus(Long.toString(number.longValue()))
                : String.valueOf(value);
    }

    private static String minus(String text) {
        return text.replace('-', '\u2212');
    }
}
