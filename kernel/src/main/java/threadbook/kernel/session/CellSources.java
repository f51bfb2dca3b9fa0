package threadbook.kernel.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import threadbook.kernel.cell.Cell;
import threadbook.runtime.Sources;

/// The lines of all cells as they were run. Any thread may ask.
final class CellSources implements Sources {
    private final Map<String, List<String>> lines = new ConcurrentHashMap<>(); // by the name in stack traces

    /// Takes in a cell that is about to run.
    void add(Cell cell) {
        lines.put("cell " + cell.number(), cell.code().lines().toList());
    }

    @Override
    public Optional<String> line(String file, int line) {
        List<String> known = lines.getOrDefault(file, List.of());
        return line < 1 || line > known.size()
                ? Optional.empty()
                : Optional.of(known.get(line - 1).strip());
    }
}
