package threadbook.kernel.assist;

/// How a method is declared, as far as its reader cares.
///
/// @param text        without the packages of its types, such as `String String.substring(int beginIndex)`;
///     what is no method stays as it is
/// @param owner       the type that declares it, with its package where that is known; empty if none does
/// @param name        the method's own name, empty for what is no method
/// @param parameters  how many it has, 0 for what is no method
record Signature(String text, String owner, String name, int parameters) {

    static Signature of(String declared) {
        int open = declared.indexOf('(');
        if (open < 0) {
            return new Signature(declared, "", "", 0);
        }
        String before = declared.substring(0, open);
        int end = Math.max(before.lastIndexOf('.'), before.lastIndexOf(' '));
        int close = Math.max(open + 1, declared.lastIndexOf(')'));
        return new Signature(
                declared.replaceAll("\\b(?:\\p{Ll}\\w*\\.)+(?=\\p{Lu})", ""),
                end >= 0 && before.charAt(end) == '.' ? lastType(before.substring(0, end)) : "",
                before.substring(end + 1),
                count(declared.substring(open + 1, close)));
    }

    /// The type at the end of a text, without its type arguments.
    private static String lastType(String text) {
        int end = text.length();
        for (int depth = 0; text.endsWith(">") && end > 0; ) {
            end--;
            depth += text.charAt(end) == '>' ? 1 : text.charAt(end) == '<' ? -1 : 0;
            if (depth == 0) {
                break;
            }
        }
        return text.substring(0, end).replaceAll("^.*[^\\w.]", "");
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
