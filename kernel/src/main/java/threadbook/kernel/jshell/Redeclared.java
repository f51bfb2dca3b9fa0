package threadbook.kernel.jshell;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/// Which of the snippets that declare a name again must get a new class, although JShell could have kept the
/// old one.
final class Redeclared {
    private final Declared declared;
    private final Staging staging;
    private final Map<String, Integer> here = new HashMap<>(); // wrapper to how many invocations came before it

    Redeclared(Declared declared, Staging staging) {
        this.declared = declared;
        this.staging = staging;
    }

    void add(String wrapper, Staging.Mark before) {
        here.put(wrapper, before.invocations().size());
    }

    /// {@return the wrappers that are to be made anew}
    ///
    /// @param piece   what was just compiled
    /// @param events  what came of it
    /// @param mark    what was staged before
    Set<String> anew(Piece piece, List<SnippetEvent> events, Staging.Mark mark) {
        Set<String> anew = new HashSet<>();
        for (SnippetEvent event : events) {
            if (event.causeSnippet() == null && event.status().isActive()) {
                String wrapper = declared.wrapper(event.snippet());
                if (ranBetween(wrapper, mark)
                        || event.snippet() instanceof VarSnippet
                                && staging.inUse(wrapper)
                                && (changesVolatile(piece, event.snippet(), events) || changesLambdas(wrapper, mark))) {
                    anew.add(wrapper);
                }
            }
        }
        return anew;
    }

    /// Declared twice in this cell, and something ran between: that has to use the first one.
    private boolean ranBetween(String wrapper, Staging.Mark mark) {
        Integer then = here.get(wrapper);
        return then != null && mark.invocations().size() > then;
    }

    /// `volatile` is woven in later: the bytes do not differ, but the field's shape does.
    private boolean changesVolatile(Piece piece, Snippet snippet, List<SnippetEvent> events) {
        boolean now = piece.modifiers().written().contains(Modifiers.Modifier.VOLATILE);
        return events.stream()
                .filter(event -> event.status() == Snippet.Status.OVERWRITTEN && event.causeSnippet() == snippet)
                .anyMatch(event -> declared.has(event.snippet(), Modifiers.Modifier.VOLATILE) != now);
    }

    /// A lambda in the old value is an object that someone may hold, and its body is a method of this class:
    /// what is assigned to the variable now is another lambda, and the old one stays what it is.
    private boolean changesLambdas(String wrapper, Staging.Mark mark) {
        Map<String, byte[]> old = staging.inUseOf(wrapper);
        return staging.stagedSince(mark, wrapper)
                && (old.size() > 1 || old.values().stream().anyMatch(Shape::hasLambdas));
    }
}
