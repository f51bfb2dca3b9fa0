package threadbook.lab.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/// The part of a table that is shown, as text.
///
/// Numbers with a fraction get four significant digits, and all of a column the same number of decimals,
/// so that the points stand below each other; a format that the column was given wins. A missing value
/// is empty.
///
/// @param columns  those shown, from the left
/// @param hidden   how many rows below are left out, not negative
record TableCells(List<Cells> columns, int hidden) {
    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);
    private static final int MOST_DECIMALS = 6;

    /// One column.
    ///
    /// @param numeric  whether it holds numbers, which stand on the right
    /// @param cells    from the top
    record Cells(String name, boolean numeric, List<String> cells) {}

    /// @param limit  the most rows to show, positive
    static TableCells of(Table table, int limit) {
        int rows = Math.min(limit, table.rowCount());
        var columns = table.columns().stream()
                .map(column -> new Cells(column.name(), column instanceof NumericColumn, cells(column, rows)))
                .toList();
        return new TableCells(columns, table.rowCount() - rows);
    }

    int rows() {
        return columns.isEmpty() ? 0 : columns.getFirst().cells().size();
    }

    private static List<String> cells(Column<?> column, int rows) {
        if ((column instanceof DoubleColumn || column instanceof FloatColumn)
                && !hasOwnFormat((NumericColumn<?>) column)) {
            return aligned((NumericColumn<?>) column, rows);
        }
        return IntStream.range(0, rows)
                .mapToObj(row -> column.isMissing(row) ? "" : column.getString(row))
                .toList();
    }

    /// Tablesaw does not say whether a column was given a format; its text differs from the default's then.
    private static boolean hasOwnFormat(NumericColumn<?> column) {
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row)) {
                double value = column.getDouble(row);
                NumericColumn<?> plain = column instanceof FloatColumn
                        ? FloatColumn.create("plain", (float) value)
                        : DoubleColumn.create("plain", value);
                return !column.getString(row).equals(plain.getString(0));
            }
        }
        return false;
    }

    private static List<String> aligned(NumericColumn<?> column, int rows) {
        int decimals = IntStream.range(0, rows)
                .filter(row -> Double.isFinite(column.getDouble(row)))
                .map(row -> new BigDecimal(column.getDouble(row))
                        .round(DIGITS)
                        .stripTrailingZeros()
                        .scale())
                .max()
                .orElse(0);
        int shown = Math.clamp(decimals, 0, MOST_DECIMALS);
        var cells = new ArrayList<String>();
        for (int row = 0; row < rows; row++) {
            double value = column.getDouble(row);
            cells.add(
                    column.isMissing(row)
                            ? ""
                            : Double.isInfinite(value)
                                    ? (value > 0 ? "∞" : "−∞")
                                    : new BigDecimal(value)
                                            .setScale(shown, RoundingMode.HALF_EVEN)
                                            .toPlainString());
        }
        return cells;
    }
}
