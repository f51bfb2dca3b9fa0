package threadbook.lab.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the object literals that Tablesaw's templates write, as maps, lists, strings, numbers (Long
/// or Double), booleans and null.
///
/// They are JavaScript, not JSON: keys without quotes, commas after the last member, NaN. A string in
/// single quotes has gone through Pebble's escaping for *HTML*, which leaves newlines and backslashes as
/// they are; pasted into a page such a chart would be a syntax error, read here it is just a title.
final class JavaScriptLiteral {
    private final String source;
    private int position;

    private JavaScriptLiteral(String source) {
        this.source = source;
    }

    /// {@return the value of the statement `var name = …;`}
    ///
    /// @throws IllegalArgumentException if it is not a literal
    static @Nullable Object assigned(String statement) {
        return of(statement.substring(statement.indexOf('=') + 1));
    }

    /// {@return the value of a literal}
    ///
    /// @throws IllegalArgumentException if it is not one
    static @Nullable Object of(String literal) {
        return new JavaScriptLiteral(literal).value();
    }

    private @Nullable Object value() {
        return switch (next()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> quoted();
            case '\'' -> escapedByPebble();
            default -> word(bareWord());
        };
    }

    private Map<String, Object> object() {
        var members = new LinkedHashMap<String, Object>();
        position++;
        while (next() != '}') {
            String key = switch (next()) {
                case '"' -> quoted();
                case '\'' -> escapedByPebble();
                default -> bareWord();
            };
            if (next() != ':') {
                throw unexpected("':'");
            }
            position++;
            Object value = value();
            if (value != null) { // to plotly.js a missing attribute and null are the same
                members.put(key, value);
            }
            comma('}');
        }
        position++;
        return members;
    }

    private List<@Nullable Object> array() {
        var elements = new ArrayList<@Nullable Object>();
        position++;
        while (next() != ']') {
            elements.add(value());
            comma(']');
        }
        position++;
        return elements;
    }

    private void comma(char end) {
        if (next() == ',') {
            position++;
        } else if (next() != end) {
            throw unexpected("',' or '" + end + "'");
        }
    }

    private static @Nullable Object word(String word) {
        return switch (word) {
            case "true", "True" -> true;
            case "false", "False" -> false;
            case "null", "undefined", "NaN", "Infinity", "-Infinity" -> null;
            default -> number(word);
        };
    }

    /// {@return the number as Long if it is a whole one, otherwise as Double}
    ///
    /// @throws NumberFormatException if it is none
    static Number number(String text) {
        double value = Double.parseDouble(text);
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : (Number) value;
    }

    private String bareWord() {
        int start = position;
        while (position < source.length() && isPartOfWord(source.charAt(position))) {
            position++;
        }
        if (start == position) {
            throw unexpected("a name or a number");
        }
        return source.substring(start, position);
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '+' || c == '-' || c == '.';
    }

    /// A string that was written by Pebble: ends at the next quote, for a quote inside is `&#39;`.
    private String escapedByPebble() {
        int end = source.indexOf('\'', ++position);
        if (end < 0) {
            throw unexpected("a string that ends");
        }
        String text = source.substring(position, end);
        position = end + 1;
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /// A string that was written by Tablesaw's or Jackson's code: escaped as in JSON.
    private String quoted() {
        var text = new StringBuilder();
        position++;
        while (peek() != '"') {
            char c = source.charAt(position++);
            text.append(c == '\\' ? escape() : c);
        }
        position++;
        return text.toString();
    }

    private char escape() {
        char c = peek();
        position++;
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                position += 4;
                yield (char) Integer.parseInt(source.substring(position - 4, position), 16);
            }
            default -> c;
        };
    }

    /// {@return the next character that is not white space}
    private char next() {
        while (Character.isWhitespace(peek())) {
            position++;
        }
        return peek();
    }

    private char peek() {
        if (position >= source.length()) {
            throw unexpected("more");
        }
        return source.charAt(position);
    }

    private IllegalArgumentException unexpected(String expected) {
        int from = Math.min(position, source.length());
        String found = source.substring(from, Math.min(source.length(), from + 40));
        return new IllegalArgumentException("""
                Tablesaw's figure could not be read: expected %s at character %d, found: %s
                A trace of your own must write a JavaScript literal in asJavascript(int).\
                """.formatted(expected, position, found.isEmpty() ? "the end" : found));
    }
}
