package threadbook.kernel.assist;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import threadbook.kernel.jshell.Analysis;
import threadbook.kernel.protocol.MimeBundle;

/// Help while typing Java, from what JShell knows; speaks Jupyter's code points.
public final class JavaAssistant implements Assistant {
    private final Completer completer;
    private final Inspector inspector;
    private final Finisher finisher;

    /// @param names   the names that the notebook declared, asked for at each completion
    /// @param magics  the names of all magics, without `%`
    public JavaAssistant(Analysis analysis, Supplier<? extends Collection<String>> names, List<String> magics) {
        completer = new Completer(analysis, names, magics);
        inspector = new Inspector(analysis);
        finisher = new Finisher(analysis);
    }

    @Override
    public Completion complete(String code, int cursor) {
        Completion found = completer.complete(code, CodePoints.toUnits(code, cursor));
        return new Completion(
                found.candidates(), CodePoints.fromUnits(code, found.start()), CodePoints.fromUnits(code, found.end()));
    }

    @Override
    public Optional<MimeBundle> inspect(String code, int cursor, int detail) {
        return inspector.inspect(code, CodePoints.toUnits(code, cursor), detail);
    }

    @Override
    public Completeness isComplete(String code) {
        return finisher.completeness(code);
    }
}
