package threadbook.kernel.assist;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a candidate is, told from its spelling: JShell does not say it, and asking for each would take
/// seconds.
final class Kinds {
    static final List<String> KEYWORDS = List.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "false",
            "final",
            "finally",
            "float",
            "for",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "new",
            "null",
            "private",
            "protected",
            "public",
            "record",
            "return",
            "sealed",
            "short",
            "static",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "true",
            "try",
            "var",
            "void",
            "volatile",
            "while",
            "yield");

    private static final Set<String> KEYWORD_SET = Set.copyOf(KEYWORDS);

    /// Every package that the JDK exports to everybody, and every beginning of its name.
    private static final Set<String> PACKAGES = packages();

    private Kinds() {}

    /// Whether the word, though a name may follow it, is not the type of a variable.
    static boolean beginsNoDeclaration(String word) {
        return Set.of(
                        "return",
                        "throw",
                        "new",
                        "case",
                        "goto",
                        "else",
                        "package",
                        "import",
                        "extends",
                        "implements",
                        "throws")
                .contains(word);
    }

    /// @param qualifier  what stands before the candidate with its dot, such as `java.util.`, or empty
    static String of(String text, String qualifier) {
        String name = text.strip();
        if (name.endsWith("(") || name.endsWith("()")) {
            return Character.isUpperCase(name.charAt(0)) ? "class" : "function";
        }
        if (PACKAGES.contains(qualifier + name)) {
            return "module";
        }
        if (qualifier.isEmpty() && KEYWORD_SET.contains(name)) {
            return "keyword";
        }
        // In capitals throughout: a constant of a type (`Integer.MAX_VALUE`), or a type (`URL`).
        boolean ofType = qualifier.matches("(?:.*\\.)?\\p{Lu}\\w*\\.");
        boolean constant = ofType && name.equals(name.toUpperCase(Locale.ROOT));
        return !name.isEmpty() && Character.isUpperCase(name.charAt(0)) && !constant ? "class" : "instance";
    }

    /// {@return the next parts of the JDK's package names that begin with the text}
    ///
    /// @param qualifier  such as `java.util.`, or empty for the first parts
    static List<String> packagesIn(String qualifier, String prefix) {
        return PACKAGES.stream()
                .filter(name -> name.startsWith(qualifier + prefix) && name.indexOf('.', qualifier.length()) < 0)
                .map(name -> name.substring(qualifier.length()))
                .toList();
    }

    private static Set<String> packages() {
        var names = new HashSet<String>();
        for (Module module : ModuleLayer.boot().modules()) {
            for (String name : module.getPackages()) {
                if (!module.isExported(name)) {
                    continue;
                }
                for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                    names.add(name.substring(0, dot));
                }
                names.add(name);
            }
        }
        return Set.copyOf(names);
    }
}
