package threadbook.kernel.assist;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import threadbook.kernel.assist.Assistant.Candidate;
import threadbook.kernel.assist.Assistant.Completion;
import threadbook.kernel.cell.BareCode;
import threadbook.kernel.jshell.Analysis;
import threadbook.kernel.magic.Magics;

/// Finds what could stand at the cursor. Positions here count UTF-16 units.
final class Completer {
    private static final Pattern MAGIC = Pattern.compile("(?:^|\\n)[ \\t]*%(%?\\w*)$");
    private static final Pattern IMPORT = Pattern.compile("(?:^|[\\n;])\\s*import\\s+[\\w.]*$");
    private static final Pattern QUALIFIER = Pattern.compile("([\\w$]+\\.)+$");

    private final Analysis analysis;
    private final Supplier<? extends Collection<String>> names;
    private final List<String> magics;

    Completer(Analysis analysis, Supplier<? extends Collection<String>> names, List<String> magics) {
        this.analysis = analysis;
        this.names = names;
        this.magics = magics;
    }

    Completion complete(String code, int cursor) {
        String before = code.substring(0, cursor);
        Matcher magic = MAGIC.matcher(before);
        if (magic.find()) {
            return magics(magic.group(1), cursor);
        }
        String java = Magics.split(code).java();
        if (!BareCode.of(before + "x").endsWith("x")) {
            return new Completion(List.of(), cursor, cursor); // inside a literal or a comment
        }
        Question question = Question.at(analysis, java, cursor);
        Analysis.Completions found = analysis.completions(question.code(), question.cursor());
        int start = Math.clamp(found.anchor() + question.shift(), 0, cursor);
        if (found.suggestions().isEmpty()) {
            start = startOfName(before);
        }
        return new Completion(candidates(found, before, start), start, cursor);
    }

    private Completion magics(String prefix, int cursor) {
        List<Candidate> candidates = magics.stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> new Candidate(name, "magic", ""))
                .toList();
        return new Completion(candidates, cursor - prefix.length(), cursor);
    }

    private List<Candidate> candidates(Analysis.Completions found, String before, int start) {
        Matcher dotted = QUALIFIER.matcher(before.substring(0, start));
        String qualifier = dotted.find() ? dotted.group() : "";
        boolean member = before.substring(0, start).stripTrailing().endsWith(".")
                || before.substring(0, start).stripTrailing().endsWith("::");
        var ranked = new ArrayList<Ranking.Ranked>();
        Set<String> locals = Locals.in(before.substring(0, start));
        for (Analysis.Suggestion suggestion : found.suggestions()) {
            String text = suggestion.continuation();
            // Without a dot these are not the user's: they come from the object around the question.
            if (member || !Ranking.isOfEveryObject(text)) {
                ranked.add(ranked(text, qualifier, suggestion.matchesType()));
            }
        }
        String prefix = before.substring(start);
        if (!member) {
            locals.stream()
                    .filter(name -> name.startsWith(prefix))
                    .forEach(name -> ranked.add(new Ranking.Ranked(new Candidate(name, "instance", ""), false)));
        }
        if (!member && !prefix.isEmpty()) {
            Kinds.KEYWORDS.stream()
                    .filter(keyword -> keyword.startsWith(prefix))
                    .forEach(keyword -> ranked.add(ranked(keyword, "", false)));
        }
        // JShell learns the packages of the JDK slowly, in the background.
        if (member ? !qualifier.isEmpty() : IMPORT.matcher(before).find()) {
            Kinds.packagesIn(qualifier, prefix).forEach(name -> ranked.add(ranked(name, qualifier, false)));
        }
        locals.addAll(names.get());
        return Ranking.order(ranked, locals);
    }

    private static Ranking.Ranked ranked(String text, String qualifier, boolean fitting) {
        return new Ranking.Ranked(new Candidate(text, Kinds.of(text, qualifier), ""), fitting);
    }

    private static int startOfName(String before) {
        int start = before.length();
        while (start > 0 && Character.isJavaIdentifierPart(before.charAt(start - 1))) {
            start--;
        }
        return start;
    }
}
