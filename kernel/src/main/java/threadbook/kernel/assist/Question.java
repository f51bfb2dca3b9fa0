package threadbook.kernel.assist;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import threadbook.kernel.cell.BareCode;
import threadbook.kernel.jshell.Analysis;

/// A place in a cell, put so that JShell can answer about it.
///
/// JShell looks at a single snippet, and knows only what ran. A cell has many snippets, and those before
/// the cursor have not run: they are put around the last one, as statements before it or as members
/// beside it. What follows the cursor does not matter to JShell.
///
/// @param code   ends at the cursor
/// @param shift  add it to a position in `code` to get the position in the cell
record Question(String code, int shift) {
    private static final String MODIFIERS =
            "(?:(?:public|protected|private|static|final|abstract|synchronized|default|strictfp|sealed|non-sealed"
                    + "|@\\w+(?:\\([^)]*\\))?)\\s+)*";
    private static final Pattern IMPORT = Pattern.compile("\\s*import\\b.*", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile(
            "\\s*" + MODIFIERS + "(?:class|interface|enum|record|@interface)\\s+\\w+\\b.*", Pattern.DOTALL);
    private static final Pattern METHOD = Pattern.compile(
            "\\s*" + MODIFIERS + "(?:<[^(]*>\\s*)?(?!(?:new|return|throw|else|assert|yield|case|do)\\b)"
                    + "[\\w.]+(?:<[^(=]*>)?(?:\\s*\\[\\s*])*\\s+\\w+\\s*\\(.*",
            Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile(
            "\\s*(?!(?:var|return|throw|assert|yield|break|continue)\\b)[\\w.]+(?:<[^;=]*>)?(?:\\s*\\[\\s*])*\\s+\\w+\\s*[=;].*",
            Pattern.DOTALL);

    /// @param code    the cell's Java
    /// @param cursor  in UTF-16 units
    static Question at(Analysis analysis, String code, int cursor) {
        Pieces pieces = Pieces.of(analysis, code.substring(0, cursor));
        List<String> earlier =
                pieces.whole().stream().filter(piece -> !matches(IMPORT, piece)).toList();
        if (earlier.isEmpty() || matches(IMPORT, pieces.last())) {
            return new Question(pieces.last(), pieces.start());
        }
        String around = around(earlier, isDeclaration(pieces.last()));
        return new Question(around + pieces.last(), pieces.start() - around.length());
    }

    private static String around(List<String> earlier, boolean member) {
        if (!member && earlier.stream().noneMatch(Question::isDeclaration)) {
            return joined(earlier.stream().toList());
        }
        // Methods stand in no block and statements in no class, but both in an object of a class.
        String declarations =
                joined(earlier.stream().filter(Question::isDeclaration).toList());
        String rest = joined(earlier.stream()
                .filter(piece -> !isDeclaration(piece) && (!member || matches(FIELD, piece)))
                .toList());
        return "new Object() { " + declarations + (member ? rest : "{ " + rest);
    }

    private static String joined(List<String> pieces) {
        return pieces.stream().collect(Collectors.joining(" ", "", " "));
    }

    private static boolean isDeclaration(String piece) {
        return matches(TYPE, piece) || matches(METHOD, piece);
    }

    private static boolean matches(Pattern pattern, String piece) {
        return pattern.matcher(BareCode.of(piece)).matches();
    }

    int cursor() {
        return code.length();
    }
}
