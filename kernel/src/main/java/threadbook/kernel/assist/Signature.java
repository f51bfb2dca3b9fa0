package threadbook.kernel.assist;

/// How a method is declared, as far as its reader cares.
///
/// @param text        without the packages of its types, such as `String String.substring(int beginIndex)`;
///     a type keeps its package
/// @param parameters  how many it has; 0 for what is no method
record Signature(String text, int parameters) {

    static Signature of(String declared) {
        int open = declared.indexOf('(');
        if (open < 0) {
            return new Signature(declared, 0);
        }
        int close = declared.lastIndexOf(')');
        return new Signature(
                declared.replaceAll("\\b(?:\\p{Ll}\\w*\\.)+(?=\\p{Lu})", ""),
                count(declared.substring(open + 1, Math.max(open + 1, close))));
    }

    /// {@return how many arguments or parameters stand in a list, separated by commas outside of brackets}
    static int count(String list) {
        if (list.isBlank()) {
            return 0;
        }
        int depth = 0;
        int commas = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if ("([{<".indexOf(c) >= 0) {
                depth++;
            } else if (")]}>".indexOf(c) >= 0) {
                depth--;
            } else if (c == ',' && depth == 0) {
                commas++;
            }
        }
        return commas + 1;
    }
}
