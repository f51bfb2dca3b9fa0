package threadbook.kernel.session;

import threadbook.runtime.Exploring;
import threadbook.weaving.Depth;

/// Makes the classes of all cells explorable while somebody explores, and again as they were.
///
/// All of them, not only those that an exploration names: its threads may reach any object of the notebook.
final class ExplorableCells implements Exploring {
    private final CellLoader loader;

    ExplorableCells(CellLoader loader) {
        this.loader = loader;
    }

    @Override
    public Woven prepare(ClassLoader classes) {
        if (classes != loader) {
            return () -> {};
        }
        Depth before = loader.deepen(Depth.EXPLORED);
        return () -> loader.deepen(before);
    }
}
