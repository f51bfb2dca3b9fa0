package threadbook.lab.figure;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes maps, lists, strings, numbers and booleans as JSON that is safe inside a `<script>` element.
///
/// `<`, `>`, `&` and the two line separators of Unicode that old JavaScript does not allow in strings
/// are escaped, so that a chart titled `</script>` ends no script. Numbers that JSON does not know (NaN,
/// infinity) become null, which plotly.js draws as a gap.
public final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    /// {@return the value as JSON}
    ///
    /// @throws IllegalArgumentException if it holds an object of another class
    public static String of(@Nullable Object value) {
        var text = new JsonText();
        text.write(value);
        return text.out.toString();
    }

    private void write(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> members(map);
            case Collection<?> list -> elements(list);
            case String text -> string(text);
            case Boolean truth -> out.append(truth.booleanValue());
            case Number number -> number(number);
            default ->
                throw new IllegalArgumentException(
                        """
                        A chart holds maps, lists, strings, numbers and booleans; found %s: %s.
                        Turn it into a string or a number first.\
                        """.formatted(value.getClass().getName(), value));
        }
    }

    private void members(Map<?, ?> map) {
        out.append('{');
        var separator = "";
        for (var member : map.entrySet()) {
            out.append(separator);
            string(String.valueOf(member.getKey()));
            out.append(':');
            write(member.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void elements(Collection<?> list) {
        out.append('[');
        var separator = "";
        for (var element : list) {
            out.append(separator);
            write(element);
            separator = ",";
        }
        out.append(']');
    }

    private void number(Number number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            out.append("null");
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            out.append((long) value);
        } else {
            out.append(number);
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '<', '>', '&', '\u2028', '\u2029' -> escape(c);
                default -> {
                    if (c < ' ' || Character.isSurrogate(c) && !paired(text, i)) {
                        escape(c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /// Half a surrogate pair cannot be written as UTF-8: it must travel as an escape.
    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private void escape(char c) {
        out.append("\\u%04x".formatted((int) c));
    }
}
