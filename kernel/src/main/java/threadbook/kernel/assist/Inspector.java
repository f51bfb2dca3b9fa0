package threadbook.kernel.assist;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import threadbook.kernel.cell.BareCode;
import threadbook.kernel.jshell.Analysis;
import threadbook.kernel.jshell.Analysis.Documentation;
import threadbook.kernel.magic.Magics;
import threadbook.kernel.protocol.MimeBundle;

/// Finds what the name or call at the cursor means. Positions here count UTF-16 units.
final class Inspector {
    /// In overloads; `StringBuilder.append` has thirteen.
    private static final int LIMIT = 20;

    private static final Pattern REFERENCE = Pattern.compile("(\\p{Lu}[\\w.]*)::(\\w*)$");

    private final Analysis analysis;

    Inspector(Analysis analysis) {
        this.analysis = analysis;
    }

    Optional<MimeBundle> inspect(String code, int cursor, int detail) {
        String java = Magics.split(code).java();
        List<Documentation> found = find(java, cursor);
        return found.isEmpty() ? Optional.empty() : Optional.of(page(found, detail));
    }

    private List<Documentation> find(String java, int cursor) {
        String bare = BareCode.of(java);
        int end = endOfName(bare, cursor);
        boolean onName = end > 0 && Character.isJavaIdentifierPart(bare.charAt(end - 1));
        if (!onName) {
            return ask(java, cursor);
        }
        int open = skipBlanks(bare, end);
        if (open < bare.length() && bare.charAt(open) == '(') {
            return call(java, bare, open);
        }
        List<Documentation> name = ask(java, end);
        return name.isEmpty() ? ask(asCall(java.substring(0, end))) : name;
    }

    /// A method without its bracket, as in a method reference, is known to JShell only as a call on an object.
    private static String asCall(String before) {
        Matcher reference = REFERENCE.matcher(before);
        return (reference.find() ? reference.replaceFirst("(($1) null).$2") : before) + "(";
    }

    /// The overloads that the arguments fit, those with as many parameters first; or all of them.
    private List<Documentation> call(String java, String bare, int open) {
        int close = closing(bare, open);
        String arguments = bare.substring(open + 1, close);
        List<Documentation> chosen = arguments.isBlank() ? List.of() : ask(java, close);
        List<Documentation> all = chosen.isEmpty() ? ask(java, open + 1) : chosen;
        int count = Signature.count(arguments);
        return all.stream()
                .sorted(Comparator.comparing(
                        documentation -> Signature.of(documentation.signature()).parameters() != count))
                .toList();
    }

    private List<Documentation> ask(String java, int end) {
        return ask(java.substring(0, end));
    }

    private List<Documentation> ask(String before) {
        Question question = Question.at(analysis, before, before.length());
        return analysis.documentation(question.code(), question.cursor(), true).stream()
                .distinct()
                .limit(LIMIT)
                .map(this::withJavadoc)
                .toList();
    }

    /// JShell does not find the comment of a method that the receiver's type inherits: it is asked for the
    /// method of the type that declares it.
    private Documentation withJavadoc(Documentation found) {
        Signature signature = Signature.of(found.signature());
        if (!found.javadoc().isBlank() || signature.owner().isEmpty()) {
            return found;
        }
        String call = "((%s) null).%s(".formatted(signature.owner(), signature.name());
        return analysis.documentation(call, call.length(), true).stream()
                .filter(other -> Signature.of(other.signature()).parameters() == signature.parameters())
                .findFirst()
                .orElse(found);
    }

    /// With detail 0 the documentation of the first overload, with 1 that of each.
    private static MimeBundle page(List<Documentation> found, int detail) {
        var html = new StringBuilder();
        var text = new StringBuilder();
        boolean first = true;
        for (Documentation each : found) {
            String signature = Signature.of(each.signature()).text();
            html.append("<pre><b>").append(Javadoc.escaped(signature)).append("</b></pre>");
            text.append(text.isEmpty() ? "" : "\n").append(signature).append('\n');
            if ((first || detail > 0) && !each.javadoc().isBlank()) {
                var javadoc = Javadoc.of(each.javadoc());
                html.append(javadoc.html());
                text.append('\n').append(javadoc.text()).append('\n');
            }
            first = false;
        }
        var forms = new LinkedHashMap<String, String>();
        forms.put("text/html", html.toString());
        forms.put("text/plain", text.toString().strip());
        return new MimeBundle(forms);
    }

    private static int endOfName(String bare, int cursor) {
        int end = cursor;
        while (end < bare.length() && Character.isJavaIdentifierPart(bare.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int skipBlanks(String bare, int from) {
        int at = from;
        while (at < bare.length() && Character.isWhitespace(bare.charAt(at))) {
            at++;
        }
        return at;
    }

    /// Where the bracket that opens at `open` is closed, or the end.
    private static int closing(String bare, int open) {
        int depth = 0;
        for (int i = open; i < bare.length(); i++) {
            depth += bare.charAt(i) == '(' ? 1 : bare.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return bare.length();
    }
}
