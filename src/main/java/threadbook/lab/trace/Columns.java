package threadbook.lab.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lane cut into columns of equal width, each in the state that fills most of it: what is narrower than a
/// column is not drawn wider than it is.
final class Columns {
    private Columns() {}

    /// {@return a state for each column, null where the thread had not begun or had ended}
    ///
    /// @param length  nanoseconds that all columns together stand for
    static List<@Nullable State> of(Lane lane, long length, int columns) {
        double[][] filled = new double[columns][State.values().length];
        double scale = columns / (double) Math.max(1, length);
        for (Segment each : lane.segments()) {
            double from = each.begin() * scale;
            double to = Math.min(columns, each.end() * scale);
            for (int i = Math.max(0, (int) from); i < columns && i < to; i++) {
                filled[i][each.state().ordinal()] += Math.min(to, i + 1.0) - Math.max(from, i);
            }
        }
        var states = new ArrayList<@Nullable State>(Collections.nCopies(columns, null));
        for (int i = 0; i < columns; i++) {
            double most = 0.25; // a column that is mostly before the beginning or after the end stays empty
            for (State state : State.values()) {
                if (filled[i][state.ordinal()] > most) {
                    most = filled[i][state.ordinal()];
                    states.set(i, state);
                }
            }
        }
        return states;
    }
}
