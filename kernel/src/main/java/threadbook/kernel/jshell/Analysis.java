package threadbook.kernel.jshell;

import java.util.List;
import java.util.function.Function;
import jdk.jshell.SourceCodeAnalysis;

/// Questions about Java source that is not to be run, answered by JShell; nothing is changed by asking.
///
/// Any thread may call it; it blocks while the thread `jshell` is busy, which is never with user code.
/// Positions count UTF-16 units from 0.
public final class Analysis {
    private final Compiler compiler;

    Analysis(Compiler compiler) {
        this.compiler = compiler;
    }

    /// {@return what could stand at the cursor, in JShell's order}
    public Completions completions(String code, int cursor) {
        return ask(analysis -> {
            int[] anchor = {cursor};
            List<Suggestion> suggestions = analysis.completionSuggestions(code, cursor, anchor).stream()
                    .map(s -> new Suggestion(s.continuation(), s.matchesType()))
                    .toList();
            return new Completions(suggestions, suggestions.isEmpty() ? cursor : anchor[0]);
        });
    }

    /// {@return the declarations that the name or call at the cursor may mean}
    ///
    /// @param javadoc  whether to look up Javadoc too, which can take half a second
    public List<Documentation> documentation(String code, int cursor, boolean javadoc) {
        return ask(analysis -> analysis.documentation(code, cursor, javadoc).stream()
                .map(d -> new Documentation(d.signature(), d.javadoc() == null ? "" : d.javadoc()))
                .toList());
    }

    /// {@return how far the first snippet of the code goes, and what follows it}
    public Beginning beginning(String code) {
        return ask(analysis -> {
            SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(code);
            return new Beginning(Completeness.valueOf(info.completeness().name()), info.remaining());
        });
    }

    /// {@return the type of an expression as source, such as `java.util.List<String>`; empty if it has none}
    public String typeOf(String expression) {
        return ask(analysis -> {
            String type = analysis.analyzeType(expression, expression.length());
            return type == null ? "" : type;
        });
    }

    /// {@return the full names of visible types whose simple name stands before the cursor}
    public List<String> qualifiedNames(String code, int cursor) {
        return ask(analysis ->
                List.copyOf(analysis.listQualifiedNames(code, cursor).getNames()));
    }

    private <T> T ask(Function<SourceCodeAnalysis, T> question) {
        return compiler.ask(shell -> question.apply(shell.sourceCodeAnalysis()));
    }

    /// Candidates for the text from `anchor` to the cursor.
    public record Completions(List<Suggestion> suggestions, int anchor) {
        public Completions {
            suggestions = List.copyOf(suggestions);
        }
    }

    /// @param continuation  what would stand from the anchor on
    /// @param matchesType   whether it has the type that is expected there
    public record Suggestion(String continuation, boolean matchesType) {}

    /// @param signature  such as `String String.substring(int beginIndex)`
    /// @param javadoc    its documentation comment as written (HTML or Markdown), possibly empty
    public record Documentation(String signature, String javadoc) {}

    /// @param remaining  what follows the first snippet, possibly empty; all that follows if it is not complete
    public record Beginning(Completeness completeness, String remaining) {}

    /// What JShell says of the first snippet of a text; the names are those of `SourceCodeAnalysis.Completeness`.
    public enum Completeness {
        COMPLETE,
        COMPLETE_WITH_SEMI,
        DEFINITELY_INCOMPLETE,
        CONSIDERED_INCOMPLETE,
        EMPTY,
        UNKNOWN
    }
}
