package threadbook.lab.figure.svg;

/// Viridis: from dark violet for the lowest to yellow for the highest; even in lightness, so that it
/// keeps its order in grey print and for colour-blind readers.
final class ColorScale {
    private static final int[][] STOPS = {{68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {94, 201, 98}, {253, 231, 37}};

    private ColorScale() {}

    /// {@return the colour of a number between the lowest and the highest}
    static String at(double value, double lowest, double highest) {
        double share = highest > lowest ? Math.clamp((value - lowest) / (highest - lowest), 0, 1) : 0;
        double position = share * (STOPS.length - 1);
        int stop = Math.min(STOPS.length - 2, (int) position);
        double between = position - stop;
        int[] rgb = new int[3];
        for (int i = 0; i < 3; i++) {
            rgb[i] = (int) Math.round(STOPS[stop][i] + between * (STOPS[stop + 1][i] - STOPS[stop][i]));
        }
        return "#%02x%02x%02x".formatted(rgb[0], rgb[1], rgb[2]);
    }
}
