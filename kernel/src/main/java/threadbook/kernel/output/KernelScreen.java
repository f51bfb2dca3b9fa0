package threadbook.kernel.output;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.display.ValueRenderer;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.runtime.Screen;

/// The notebook as the helper library sees it: values appear under the cell of the calling thread.
///
/// A thread without a cell prints the value's text on the process's standard output.
public final class KernelScreen implements Screen {
    private final Supplier<Optional<Cell>> cells;
    private final ValueRenderer renderer;

    /// @param cells  the cell that the calling thread belongs to, if it does; asked at every call
    public KernelScreen(Supplier<Optional<Cell>> cells, ValueRenderer renderer) {
        this.cells = cells;
        this.renderer = renderer;
    }

    @Override
    public String display(Object value) {
        String id = UUID.randomUUID().toString();
        MimeBundle bundle = renderer.render(value);
        cells.get().ifPresentOrElse(cell -> cell.output().display(bundle, Optional.of(id)), () -> print(bundle));
        return id;
    }

    @Override
    public void update(String id, Object value) {
        MimeBundle bundle = renderer.render(value);
        cells.get().ifPresentOrElse(cell -> cell.output().update(bundle, id), () -> print(bundle));
    }

    private static void print(MimeBundle bundle) {
        System.out.println(bundle.data().get("text/plain"));
    }
}
