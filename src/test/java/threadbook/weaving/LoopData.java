package threadbook.weaving;

/// What the [Loops] work on, woven or not. They share it: the same loop over other arrays took up to 40 %
/// longer, depending on where these lay in memory.
public final class LoopData {
    // cell
    public static final int[] NUMBERS = new int[20_000];
    public static final float[] LEFT = new float[8_192];
    public static final float[] RIGHT = new float[8_192];
    public static final float[] SUM = new float[8_192];
    public static final int N = 160; // rows and columns of the matrices, which lie row by row
    public static final double[] A = new double[N * N];
    public static final double[] B = new double[N * N];
    public static final double[] C = new double[N * N];
    // end of the cell

    private LoopData() {}
}
