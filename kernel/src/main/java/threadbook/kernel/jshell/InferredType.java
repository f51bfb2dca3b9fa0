package threadbook.kernel.jshell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import threadbook.kernel.cell.BareCode;

/// The type of a variable that was declared with `var`, where a cell has declared that type.
///
/// JShell notes the inferred type by the full name of its class. When that class is replaced, the variable does
/// not compile any more ("P cannot be converted to P") and is gone, and with it all that mention it. Declared
/// again with the type written out, as a person would, it follows to the new class.
final class InferredType {
    private static final Pattern VAR = Pattern.compile("^[^=;{]*?\\b(?<var>var)\\s+\\w+\\s*=");
    private static final Pattern WORD = Pattern.compile("\\w+");

    private InferredType() {}

    /// {@return the source with the type instead of `var`; empty where it can stay}
    ///
    /// @param events    what came of the source
    /// @param declared  the names of the types that cells have declared
    static Optional<String> writtenOut(String source, List<SnippetEvent> events, Set<String> declared) {
        Matcher var = VAR.matcher(BareCode.of(source));
        if (declared.isEmpty() || !var.find()) {
            return Optional.empty();
        }
        return events.stream()
                .filter(event -> event.causeSnippet() == null && event.status() == Snippet.Status.VALID)
                .filter(event -> event.snippet() instanceof VarSnippet)
                .map(event -> ((VarSnippet) event.snippet()).typeName())
                .filter(type -> writable(type) && mentions(type, declared))
                .map(type -> source.substring(0, var.start("var")) + type + source.substring(var.end("var")))
                .findFirst();
    }

    /// Not so an anonymous class, an intersection, a captured wildcard.
    private static boolean writable(String type) {
        return !type.contains("&") && !type.contains("anonymous") && !type.contains("capture");
    }

    private static boolean mentions(String type, Set<String> declared) {
        return WORD.matcher(type).results().anyMatch(word -> declared.contains(word.group()));
    }
}
