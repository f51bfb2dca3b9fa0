package threadbook.kernel.assist;

import threadbook.kernel.assist.Assistant.Completeness;
import threadbook.kernel.cell.BareCode;
import threadbook.kernel.jshell.Analysis;
import threadbook.kernel.magic.Magics;

/// Tells whether code could be run as it is, and how its next line would begin.
final class Finisher {
    private static final String STEP = "    ";

    private final Analysis analysis;

    Finisher(Analysis analysis) {
        this.analysis = analysis;
    }

    Completeness completeness(String code) {
        String java = Magics.split(code).java();
        return switch (Pieces.of(analysis, java).end()) {
            case COMPLETE, COMPLETE_WITH_SEMI, EMPTY -> new Completeness.Complete();
            case DEFINITELY_INCOMPLETE -> new Completeness.Incomplete(indent(code));
            // Such as `if (…) …;`: an else may follow. An empty line says that none does.
            case CONSIDERED_INCOMPLETE ->
                code.stripTrailing().length() < code.lastIndexOf('\n')
                        ? new Completeness.Complete()
                        : new Completeness.Incomplete(indent(code));
            case UNKNOWN -> new Completeness.Invalid();
        };
    }

    /// As far as the last line that is not blank, and one step more if it opens a bracket or is a case.
    private static String indent(String code) {
        String bare = BareCode.of(code).stripTrailing();
        String line = bare.substring(bare.lastIndexOf('\n') + 1);
        String margin = line.substring(0, line.length() - line.stripLeading().length());
        int depth = 0;
        for (int i = 0; i < line.length(); i++) {
            if ("({[".indexOf(line.charAt(i)) >= 0) {
                depth++;
            } else if (")}]".indexOf(line.charAt(i)) >= 0) {
                depth = Math.max(0, depth - 1);
            }
        }
        boolean opens = depth > 0 || line.endsWith("->") || line.endsWith(":");
        return opens ? margin + STEP : margin;
    }
}
