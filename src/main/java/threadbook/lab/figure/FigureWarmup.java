package threadbook.lab.figure;

import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/// Draws one table and one chart that nobody sees, so that the first one of a lesson need not wait for
/// the classes of Tablesaw, which take more than half a second.
///
/// May run on any thread, best while the kernel has nothing else to do; running it again costs little.
public final class FigureWarmup implements Runnable {

    @Override
    public void run() {
        var table = Table.create(
                "warm-up",
                IntColumn.create("workers", 1, 2),
                DoubleColumn.create("speedup", 1, 1.9),
                DoubleColumn.create("low", 1, 1.8),
                DoubleColumn.create("high", 1, 2));
        var renderer = new TablesawRenderer();
        renderer.render(table);
        renderer.render(Charts.speedup(table, "Warm-up"));
    }
}
