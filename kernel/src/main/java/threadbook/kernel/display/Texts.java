package threadbook.kernel.display;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values as text of a length that a page can hold.
final class Texts {
    /// In characters: about a thousand full lines.
    static final int LIMIT = 100_000;

    private Texts() {}

    /// {@return what a cell shows for a value that has no other form}
    static String of(@Nullable Object value) {
        if (value instanceof String text) {
            return cut(text);
        }
        if (value != null && value.getClass().isArray()) {
            var contents = new StringBuilder();
            boolean whole = array(value, contents, new ArrayList<>());
            String text = cut(contents.toString());
            return whole ? text : text + "\nIt is an array of %s elements.".formatted(Array.getLength(value));
        }
        return NotebookNames.tidy(cut(String.valueOf(value)));
    }

    /// {@return the text, or its beginning and a line that says how much is left out}
    static String cut(String text) {
        if (text.length() <= LIMIT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LIMIT - 1)) ? LIMIT - 1 : LIMIT;
        return text.substring(0, end) + "\n… cut after %s characters.".formatted(end);
    }

    /// As [java.util.Arrays#deepToString], but stops when the text is long enough.
    ///
    /// @return whether the whole array is in the text
    private static boolean array(Object array, StringBuilder text, List<Object> around) {
        if (around.stream().anyMatch(outer -> outer == array)) {
            text.append("[...]");
            return true;
        }
        around.add(array);
        text.append('[');
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                text.append(", ");
            }
            if (!element(Array.get(array, i), text, around) || text.length() > LIMIT) {
                return false;
            }
        }
        text.append(']');
        around.removeLast();
        return true;
    }

    private static boolean element(@Nullable Object element, StringBuilder text, List<Object> around) {
        if (element != null && element.getClass().isArray()) {
            return array(element, text, around);
        }
        text.append(NotebookNames.tidy(String.valueOf(element)));
        return true;
    }
}
