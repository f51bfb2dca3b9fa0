package threadbook.lab.figure;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.api.AreaPlot;
import tech.tablesaw.plotly.api.BoxPlot;
import tech.tablesaw.plotly.api.BubblePlot;
import tech.tablesaw.plotly.api.CandlestickPlot;
import tech.tablesaw.plotly.api.ContourPlot;
import tech.tablesaw.plotly.api.Heatmap;
import tech.tablesaw.plotly.api.Histogram;
import tech.tablesaw.plotly.api.Histogram2D;
import tech.tablesaw.plotly.api.HorizontalBarPlot;
import tech.tablesaw.plotly.api.LinePlot;
import tech.tablesaw.plotly.api.OHLCPlot;
import tech.tablesaw.plotly.api.ParetoPlot;
import tech.tablesaw.plotly.api.PiePlot;
import tech.tablesaw.plotly.api.QQPlot;
import tech.tablesaw.plotly.api.Scatter3DPlot;
import tech.tablesaw.plotly.api.ScatterPlot;
import tech.tablesaw.plotly.api.TimeSeriesPlot;
import tech.tablesaw.plotly.api.VerticalBarPlot;
import tech.tablesaw.plotly.api.ViolinPlot;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Font;
import tech.tablesaw.plotly.components.Grid;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.components.Symbol;
import tech.tablesaw.plotly.components.TickSettings;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.BoxTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;

/// One figure of every kind that Tablesaw's API offers, and one of every kind of ours.
final class Gallery {
    private static final double[] WORKERS = {1, 2, 4, 8, 16};

    private Gallery() {}

    static Map<String, Figure> all() {
        var all = new LinkedHashMap<String, Figure>();
        all.putAll(ours());
        all.putAll(drawnByTablesaw());
        all.putAll(interactiveOnly());
        return all;
    }

    /// What the chart helpers draw.
    static Map<String, Figure> ours() {
        var all = new LinkedHashMap<String, Figure>();
        all.put("speedup", Charts.speedup(ChartsTest.speedups(), "Counting primes: speedup over one worker"));
        all.put("bars", Charts.bars(ChartsTest.costs(), "Cost of one increment"));
        all.put("lines", Charts.lines(ramp(), "Throughput under load"));
        all.put("scatter", Charts.scatter(ramp(), "Throughput under load, points"));
        all.put("boxes", Charts.boxes(latencies(), "Latency of 100 blocking calls"));
        all.put(
                "long labels",
                Charts.bars(
                        Table.create(
                                StringColumn.create(
                                        "variant", IntStream.range(0, 9).mapToObj(i -> "ReentrantReadWriteLock " + i)),
                                DoubleColumn.create(
                                        "ms",
                                        IntStream.range(0, 9)
                                                .mapToDouble(i -> 3 + i * i)
                                                .toArray())),
                        "Many long names"));
        return all;
    }

    /// Tablesaw's figures of which the picture shows the marks.
    static Map<String, Figure> drawnByTablesaw() {
        var all = new LinkedHashMap<String, Figure>();
        var costs = wideCosts();
        for (var mode : Layout.BarMode.values()) {
            all.put("bars " + mode, VerticalBarPlot.create("Bars, " + mode, costs, "lock", mode, "one", "eight"));
        }
        all.put("horizontal bars", HorizontalBarPlot.create("Lying bars", costs, "lock", "one"));
        all.put("pareto", ParetoPlot.create("Pareto", costs, "lock", "eight"));
        all.put("line", LinePlot.create("A line", ramp(), "clients", "requests per s"));
        all.put("line by group", LinePlot.create("Lines", ramp(), "clients", "requests per s", "series"));
        all.put(
                "area",
                AreaPlot.create(
                        "An area",
                        ramp().where(ramp().stringColumn("series").isEqualTo("virtual")),
                        "clients",
                        "requests per s"));
        all.put("scatter plot", ScatterPlot.create("Points", ramp(), "clients", "requests per s", "series"));
        all.put("bubble", BubblePlot.create("Bubbles", ramp(), "clients", "requests per s", "size"));
        all.put("quantiles", QQPlot.create("Quantiles", latencies(), "ms", "other"));
        all.put("time series", TimeSeriesPlot.create("Days", prices(), "date", "close"));
        all.put("box plot", BoxPlot.create("Boxes", latencies(), "pool", "ms"));
        all.put("heatmap", Heatmap.create("Heat", letters(), "first", "second"));
        all.put("log axis", logAxis());
        all.put("second axis", secondAxis());
        all.put("grid", grid());
        all.put("styled", styled());
        all.put("histogram", Histogram.create("Histogram", latencies(), "ms"));
        return all;
    }

    /// Tablesaw's figures that only plotly.js draws.
    static Map<String, Figure> interactiveOnly() {
        var all = new LinkedHashMap<String, Figure>();
        all.put("histogram2d", Histogram2D.create("Two dimensions", latencies(), "ms", "other"));
        all.put("pie", PiePlot.create("A pie", wideCosts(), "lock", "one"));
        all.put("violin", ViolinPlot.create("Violins", latencies(), "pool", "ms", true, true));
        all.put("contour", ContourPlot.create("Contours", letters(), "first", "second"));
        all.put("candlestick", CandlestickPlot.create("Candles", prices(), "date", "open", "high", "low", "close"));
        all.put("ohlc", OHLCPlot.create("Prices", prices(), "date", "open", "high", "low", "close"));
        all.put("3d", Scatter3DPlot.create("Space", latencies(), "ms", "other", "third"));
        return all;
    }

    private static Figure logAxis() {
        var ticks = TickSettings.builder()
                .tickMode(TickSettings.TickMode.ARRAY)
                .arrayTicks(WORKERS, new String[] {"1", "2", "4", "8", "16"})
                .build();
        var axis = Axis.builder()
                .title("threads (log scale)")
                .type(Axis.Type.LOG)
                .tickSettings(ticks)
                .build();
        return new Figure(
                Layout.builder("Log axis", "threads", "speedup")
                        .xAxis(axis)
                        .showLegend(true)
                        .build(),
                ScatterTrace.builder(WORKERS, new double[] {1, 1.9, 3.3, 5.2, 5.1})
                        .mode(ScatterTrace.Mode.LINE_AND_MARKERS)
                        .marker(Marker.builder()
                                .size(9)
                                .symbol(Symbol.DIAMOND)
                                .color("#1f77b4")
                                .build())
                        .name("measured")
                        .build(),
                ScatterTrace.builder(WORKERS, new double[] {1, 1.8, 3.1, 4.7, 6.4})
                        .mode(ScatterTrace.Mode.LINE)
                        .line(Line.builder()
                                .dash(Line.Dash.DASH)
                                .color("#d62728")
                                .width(2)
                                .build())
                        .name("Amdahl, serial 10 %")
                        .build());
    }

    private static Figure secondAxis() {
        return new Figure(
                Layout.builder("Two axes", "workers", "speedup")
                        .yAxis2(Axis.builder()
                                .title("efficiency")
                                .side(Axis.Side.right)
                                .overlaying(ScatterTrace.YAxis.Y)
                                .build())
                        .build(),
                ScatterTrace.builder(WORKERS, new double[] {1, 1.9, 3.3, 5.2, 5.1})
                        .name("speedup")
                        .build(),
                ScatterTrace.builder(WORKERS, new double[] {1, 0.95, 0.83, 0.65, 0.32})
                        .yAxis(ScatterTrace.YAxis.Y2)
                        .name("efficiency")
                        .build());
    }

    private static Figure grid() {
        var layout = Layout.builder("Two plots")
                .width(900)
                .height(400)
                .grid(Grid.builder()
                        .rows(1)
                        .columns(2)
                        .pattern(Grid.Pattern.INDEPENDENT)
                        .build())
                .build();
        return new Figure(
                layout,
                BoxTrace.builder(
                                latencies().categoricalColumn("pool"),
                                latencies().numberColumn("ms"))
                        .build(),
                BarTrace.builder(new String[] {"a", "b"}, new double[] {3, 5})
                        .xAxis("x2")
                        .yAxis("y2")
                        .build());
    }

    private static Figure styled() {
        var layout = Layout.builder("<b>Bold</b> & plain")
                .titleFont(Font.builder().size(24).build())
                .xAxis(Axis.builder()
                        .title("x")
                        .titleFont(Font.builder().size(18).build())
                        .autoRange(Axis.AutoRange.FALSE)
                        .range(0, 20)
                        .build())
                .yAxis(Axis.builder().title("y").range(0, 8).build())
                .build();
        return new Figure(
                layout,
                ScatterTrace.builder(WORKERS, new double[] {1, Double.NaN, 3, 5, 6})
                        .mode(ScatterTrace.Mode.LINE)
                        .line(Line.builder().shape(Line.Shape.HV).build())
                        .opacity(0.5)
                        .build());
    }

    static Table ramp() {
        return Table.create(
                "ramp",
                IntColumn.create("clients", 10, 50, 100, 200, 10, 50, 100, 200),
                DoubleColumn.create("requests per s", 95, 480, 930, 1800, 95, 190, 195, 190),
                StringColumn.create(
                        "series", "virtual", "virtual", "virtual", "virtual", "pool", "pool", "pool", "pool"),
                DoubleColumn.create("size", 5, 10, 20, 30, 5, 10, 20, 30));
    }

    static Table wideCosts() {
        return Table.create(
                "costs",
                StringColumn.create("lock", "synchronized", "ReentrantLock", "LongAdder"),
                DoubleColumn.create("one", 20, 25, 9),
                DoubleColumn.create("eight", 180, 150, 11));
    }

    static Table latencies() {
        var random = new Random(7);
        var names = List.of("platform", "virtual", "pool 16", "pool 200");
        var pool = StringColumn.create("pool");
        var ms = DoubleColumn.create("ms");
        var other = DoubleColumn.create("other");
        var third = DoubleColumn.create("third");
        for (int i = 0; i < 400; i++) {
            pool.append(names.get(i % 4));
            ms.append(Math.exp(3 + i % 4 * 0.3 + random.nextGaussian() * 0.35));
            other.append(20 + random.nextGaussian() * 5);
            third.append(i % 17);
        }
        return Table.create("latencies", pool, ms, other, third);
    }

    private static Table letters() {
        var first = StringColumn.create("first");
        var second = StringColumn.create("second");
        for (int i = 0; i < 60; i++) {
            first.append("abcd".substring(i % 4, i % 4 + 1));
            second.append("xyz".substring(i * i % 3, i * i % 3 + 1));
        }
        return Table.create("letters", first, second);
    }

    private static Table prices() {
        var date = DateColumn.create("date");
        var open = DoubleColumn.create("open");
        var high = DoubleColumn.create("high");
        var low = DoubleColumn.create("low");
        var close = DoubleColumn.create("close");
        for (int i = 0; i < 12; i++) {
            date.append(LocalDate.of(2026, 1, 5).plusDays(i));
            open.append(10 + i % 3);
            high.append(14 + i % 4);
            low.append(8 + i % 2);
            close.append(11 + i % 5);
        }
        return Table.create("prices", date, open, high, low, close);
    }
}
