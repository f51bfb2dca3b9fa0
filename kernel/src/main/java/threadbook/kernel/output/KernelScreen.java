package threadbook.kernel.output;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.display.ValueRenderer;
import threadbook.runtime.Screen;

/// Shows values of the helper library in the notebook, under the cell of the calling thread.
public final class KernelScreen implements Screen {
    private final Supplier<Optional<Cell>> cells;
    private final ValueRenderer renderer;

    public KernelScreen(Supplier<Optional<Cell>> cells, ValueRenderer renderer) {
        this.cells = cells;
        this.renderer = renderer;
    }

    @Override
    public String display(Object value) {
        String id = UUID.randomUUID().toString();
        var bundle = renderer.render(value);
        cells.get().ifPresent(cell -> cell.output().display(bundle, Optional.of(id)));
        return id;
    }

    @Override
    public void update(String id, Object value) {
        var bundle = renderer.render(value);
        cells.get().ifPresent(cell -> cell.output().update(bundle, id));
    }
}
