package threadbook.kernel.display;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import threadbook.kernel.cell.Problem;
import threadbook.kernel.protocol.ErrorReport;

/// Turns javac's errors in a cell into readable text.
///
/// Each is told in plain words with its line in the cell, shown in its source line with a caret under
/// every character it is about, and followed by what javac says:
///
/// ```text
/// Line 2: there is no variable "conut" here. Did you mean "count"?
///     int twice = 2 * conut;
///                     ^^^^^
///     javac: cannot find symbol
///       symbol: variable conut
/// ```
public final class CompileErrorRenderer {
    private static final String NAME = "CompilationError";
    private static final String INDENT = "    ";

    /// In problems: what follows is mostly the consequence of the first ones.
    private static final int LIMIT = 5;

    private final Supplier<? extends Collection<String>> names;

    /// @param names  the names that earlier cells declared, asked for only when a name is not found
    public CompileErrorRenderer(Supplier<? extends Collection<String>> names) {
        this.names = names;
    }

    /// Renders the errors of one cell; its name is `CompilationError`. Any thread may call it.
    ///
    /// @param code      the whole cell, to which the problems' positions refer
    /// @param problems  at least one
    public ErrorReport render(String code, List<Problem> problems) {
        var words = new PlainWords(code, new SimilarNames(code, names));
        String value = "";
        var lines = new ArrayList<String>();
        for (Problem problem : problems.subList(0, Math.min(LIMIT, problems.size()))) {
            String plain = words.of(problem);
            if (lines.isEmpty()) {
                value = at(code, problem) + plain;
            }
            lines.add(Style.ERROR.on(at(code, problem) + plain));
            lines.addAll(excerpt(code, problem));
            lines.addAll(javac(problem));
        }
        if (problems.size() > LIMIT) {
            lines.add("… and %s more, perhaps consequences of these.".formatted(problems.size() - LIMIT));
        }
        return new ErrorReport(NAME, value, lines);
    }

    private static String at(String code, Problem problem) {
        return problem.start() < 0
                ? ""
                : "Line %s: ".formatted(SourceLine.at(code, problem.start()).number());
    }

    private static List<String> excerpt(String code, Problem problem) {
        if (problem.start() < 0) {
            return List.of();
        }
        SourceLine line = SourceLine.at(code, problem.start());
        return List.of(INDENT + line.text(), INDENT + Style.MARK.on(line.carets(problem.start(), problem.end())));
    }

    private static List<String> javac(Problem problem) {
        if (!problem.key().startsWith("compiler.")) {
            return List.of();
        }
        // Where the wrapper of the cell is named there is nothing to learn.
        List<String> said = problem.message()
                .lines()
                .filter(line -> !line.matches("\\s*location:\\s+class\\s*((REPL\\.)?\\$JShell\\$\\w*)?\\s*"))
                .map(NotebookNames::tidy)
                .toList();
        var lines = new ArrayList<String>();
        for (String line : said) {
            lines.add(INDENT + Style.ASIDE.on((lines.isEmpty() ? "javac: " : "       ") + line.strip()));
        }
        return lines;
    }
}
