package threadbook.lab.figure.svg;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An object of plotly's JSON, read with a fallback wherever it says nothing or something odd: a chart
/// with one wrong attribute is still drawn, as plotly.js does.
///
/// @param map  attribute to value
record Attributes(Map<?, ?> map) {

    static Attributes of(@Nullable Object value) {
        return new Attributes(value instanceof Map<?, ?> map ? map : Map.of());
    }

    @Nullable
    Object get(String key) {
        return map.get(key);
    }

    boolean has(String key) {
        return map.get(key) != null;
    }

    boolean isEmpty() {
        return map.isEmpty();
    }

    Attributes object(String key) {
        return of(get(key));
    }

    List<?> list(String key) {
        return get(key) instanceof List<?> list ? list : List.of();
    }

    Optional<String> text(String key) {
        return get(key) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    String text(String key, String fallback) {
        return text(key).orElse(fallback);
    }

    double number(String key, double fallback) {
        return number(get(key), fallback);
    }

    static double number(@Nullable Object value, double fallback) {
        return value instanceof Number number ? number.doubleValue() : fallback;
    }

    boolean is(String key, Object value) {
        return value.equals(get(key));
    }

    /// {@return the attribute of one point: an element if there is a list, otherwise the one value for all}
    @Nullable
    Object at(String key, int point) {
        return get(key) instanceof List<?> list ? element(list, point) : get(key);
    }

    static @Nullable Object element(List<?> list, int index) {
        return index < list.size() ? list.get(index) : null;
    }

    /// {@return the text of a title, which is an object with the attribute `text`}
    Optional<String> title() {
        return object("title").text("text");
    }
}
