package threadbook.kernel.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import threadbook.kernel.jshell.Program;
import threadbook.kernel.jshell.Program.Reset;
import threadbook.kernel.protocol.MimeBundle;

/// The values of variables that a cell makes begin anew: what held one and holds none when the cell has ended
/// is named.
final class LostValues {
    /// What became of variables, and why.
    ///
    /// @param declared  whether they exist still
    private record Fate(boolean declared, String cause) {}

    private final CellLoader loader;
    private final List<Reset> held;

    /// Called before the cell runs.
    LostValues(CellLoader loader, Program program) {
        this.loader = loader;
        held = program.resets().stream()
                .filter(reset -> loader.holds(reset.oldClass(), reset.variable()))
                .toList();
    }

    /// {@return one line that names what is lost, after the cell has run; empty if nothing is}
    ///
    /// @param completed  whether everything that the cell declares is in force
    Optional<MimeBundle> notice(boolean completed) {
        Map<Fate, List<String>> lost = new LinkedHashMap<>();
        held.stream()
                .filter(reset -> isLost(reset, completed))
                .forEach(reset -> lost.computeIfAbsent(
                                new Fate(reset.newClass().isPresent(), reset.cause()), _ -> new ArrayList<>())
                        .add(reset.variable()));
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(Notice.of(lost.entrySet().stream()
                        .map(one -> sentence(
                                one.getKey(), one.getValue().stream().sorted().toList()))
                        .collect(Collectors.joining(" "))));
    }

    private boolean isLost(Reset reset, boolean completed) {
        return reset.newClass()
                .map(now -> loader.known(now) != null && !loader.holds(now, reset.variable()))
                .orElse(completed);
    }

    private static String sentence(Fate fate, List<String> names) {
        boolean one = names.size() == 1;
        String all = one
                ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
        return "%s %s %s, because %s has changed: run the cell that makes %s again."
                .formatted(
                        all,
                        one ? "was" : "were",
                        fate.declared ? "reset to null" : "lost",
                        fate.cause,
                        one ? "it" : "them");
    }
}
