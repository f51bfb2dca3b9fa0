package threadbook.lab.figure;

import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;
import threadbook.runtime.Renderer;

/// Draws Tablesaw's tables and figures.
public final class TablesawRenderer implements Renderer {

    @Override
    public Optional<Map<String, String>> render(Object value) {
        return switch (value) {
            case Figure figure -> Optional.of(ChartBundle.of(PlotlyFigure.of(figure)));
            case Table table -> Optional.of(TableBundle.of(table));
            default -> Optional.empty();
        };
    }
}
