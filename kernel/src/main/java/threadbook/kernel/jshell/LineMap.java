package threadbook.kernel.jshell;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/// From the lines of the class that JShell wraps around a snippet to the lines of the cell.
final class LineMap implements IntUnaryOperator {
    private final NavigableMap<Integer, Integer> lines = new TreeMap<>();
    private final int first;

    /// @param wrapper  the snippet in its class
    /// @param cell     the whole cell's code
    /// @param start    where the snippet begins in it
    LineMap(SnippetWrapper wrapper, String cell, int start) {
        String source = wrapper.source();
        String wrapped = wrapper.wrapped();
        int blank = source.length() - source.stripLeading().length();
        first = 1 + count(cell, 0, Math.min(start + blank, cell.length()));
        int line = 1 + count(cell, 0, start);
        int wrappedLine = 1;
        int counted = 0;
        for (int at = 0; at < source.length(); at++) {
            char c = source.charAt(at);
            if (c == '\n') {
                line++;
            } else if (!Character.isWhitespace(c)) {
                int there = wrapper.sourceToWrappedPosition(at);
                if (same(wrapper, at, there, c, wrapped)) {
                    wrappedLine += there >= counted ? count(wrapped, counted, there) : -count(wrapped, there, counted);
                    counted = there;
                    lines.putIfAbsent(wrappedLine, line);
                }
            }
        }
    }

    /// What JShell wrote itself has no place in the source: positions there lead nowhere and back.
    private static boolean same(SnippetWrapper wrapper, int at, int there, char c, String wrapped) {
        return there >= 0
                && there < wrapped.length()
                && wrapped.charAt(there) == c
                && wrapper.wrappedToSourcePosition(there) == at;
    }

    @Override
    public int applyAsInt(int wrappedLine) {
        var here = lines.floorEntry(wrappedLine);
        return here == null ? first : here.getValue();
    }

    private static int count(String text, int from, int to) {
        int newlines = 0;
        for (int at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
            newlines++;
        }
        return newlines;
    }
}
