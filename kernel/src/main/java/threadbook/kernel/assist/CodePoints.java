package threadbook.kernel.assist;

/// Positions in a text, counted once as Jupyter counts (Unicode code points) and once as Java does
/// (UTF-16 units). A position outside of the text is taken for its nearer end.
final class CodePoints {
    private CodePoints() {}

    static int toUnits(String text, int codePoints) {
        int within = Math.clamp(codePoints, 0, text.codePointCount(0, text.length()));
        return text.offsetByCodePoints(0, within);
    }

    static int fromUnits(String text, int units) {
        return text.codePointCount(0, Math.clamp(units, 0, text.length()));
    }
}
