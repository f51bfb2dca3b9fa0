package threadbook.kernel.assist;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import threadbook.kernel.assist.Assistant.Candidate;
import threadbook.kernel.cell.EverydayTypes;

/// The order in which candidates help: what has the expected type, then the user's own names, members
/// and keywords, types (everyday ones first), packages, and last what every object has.
final class Ranking {
    /// More than this nobody reads; a letter typed more brings the others.
    static final int LIMIT = 300;

    private static final Set<String> OF_EVERY_OBJECT = Set.of(
            "equals(",
            "getClass()",
            "hashCode()",
            "notify()",
            "notifyAll()",
            "toString()",
            "wait()",
            "wait(",
            "clone()",
            "finalize()");

    private Ranking() {}

    /// @param fitting  whether it has the type that is expected where it would stand
    record Ranked(Candidate candidate, boolean fitting) {}

    /// @param own  the names that the notebook declared
    static List<Candidate> order(List<Ranked> candidates, Set<String> own) {
        return candidates.stream()
                .sorted(Comparator.<Ranked, Boolean>comparing(ranked -> !ranked.fitting())
                        .thenComparing(ranked -> group(ranked.candidate(), own))
                        .thenComparing(ranked -> ranked.candidate().text(), String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(ranked -> ranked.candidate().text()))
                .map(Ranked::candidate)
                .distinct()
                .limit(LIMIT)
                .toList();
    }

    private static int group(Candidate candidate, Set<String> own) {
        String text = candidate.text();
        if (isOfEveryObject(text)) {
            return 6;
        }
        if (text.startsWith("$")) {
            return 5; // JShell's names for the values of expressions.
        }
        String name = text.replaceAll("\\(\\)?$", "");
        if (own.contains(name)) {
            return 0;
        }
        return switch (candidate.type()) {
            case "class" -> EverydayTypes.NAMES.contains(name) ? 2 : 3;
            case "module" -> 4;
            default -> 1;
        };
    }

    static boolean isOfEveryObject(String text) {
        return OF_EVERY_OBJECT.contains(text);
    }
}
