package threadbook.weaving;

/// The loops whose time must not change by being woven, nor by being in a cell. Each runs for some
/// hundredths of a second and returns something that depends on all it did.
///
/// The methods between the two marks are also the text of a cell.
public final class Loops {
    private Loops() {}

    // cell
    static final int[] NUMBERS = LoopData.NUMBERS;
    static final float[] LEFT = LoopData.LEFT;
    static final float[] RIGHT = LoopData.RIGHT;
    static final float[] SUM = LoopData.SUM;
    static final int N = LoopData.N;
    static final double[] A = LoopData.A;
    static final double[] B = LoopData.B;
    static final double[] C = LoopData.C;
    static final java.util.ArrayList<Integer> LIST = new java.util.ArrayList<>();

    static class Counter {
        long count;
        int step = 1;

        synchronized void increment() {
            count += step;
        }
    }

    static final Counter COUNTER = new Counter();

    static long arraySum() {
        long sum = 0;
        for (int round = 0; round < 2_000; round++) {
            for (int i = 0; i < NUMBERS.length; i++) {
                sum += NUMBERS[i] ^ round;
            }
            NUMBERS[round] = round;
        }
        return sum;
    }

    static long matrixProduct() {
        double trace = 0;
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < N; i++) {
                for (int j = 0; j < N; j++) {
                    double sum = 0;
                    for (int k = 0; k < N; k++) {
                        sum += A[i * N + k] * B[k * N + j];
                    }
                    C[i * N + j] = sum;
                }
                trace += C[i * N + i];
            }
        }
        return (long) trace;
    }

    static long vectorised() {
        for (int round = 0; round < 12_000; round++) {
            for (int i = 0; i < SUM.length; i++) {
                SUM[i] = LEFT[i] * 1.5f + RIGHT[i];
            }
            LEFT[round % LEFT.length] = round;
        }
        return (long) SUM[17];
    }

    static long fieldLoop() {
        Counter counter = COUNTER;
        for (int i = 0; i < 40_000_000; i++) {
            counter.count = counter.count * 31 + (i ^ counter.step);
        }
        return counter.count;
    }

    static long fibonacci(int n) {
        return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }

    static long recursion() {
        return fibonacci(33);
    }

    static void quicksort(int[] a, int low, int high) {
        int i = low;
        int j = high;
        int pivot = a[(low + high) >>> 1];
        while (i <= j) {
            while (a[i] < pivot) {
                i++;
            }
            while (a[j] > pivot) {
                j--;
            }
            if (i <= j) {
                int swapped = a[i];
                a[i++] = a[j];
                a[j--] = swapped;
            }
        }
        if (low < j) {
            quicksort(a, low, j);
        }
        if (i < high) {
            quicksort(a, i, high);
        }
    }

    static long sort() {
        int[] a = new int[300_000];
        int random = 12345;
        for (int i = 0; i < a.length; i++) {
            random = random * 1103515245 + 12345;
            a[i] = random >>> 4;
        }
        quicksort(a, 0, a.length - 1);
        return a[a.length / 2];
    }

    /// More than 300 bytes of bytecode: inlined still, but not if it grew by as many bytes as its sites need.
    static long large(long[] s, int i) {
        long a = s[0] + i;
        long b = s[1] ^ a;
        long c = s[2] + b * 7;
        long d = s[3] ^ c >>> 3;
        s[0] = a * 31 + d;
        s[1] = b * 17 + a;
        s[2] = c ^ d << 5;
        s[3] = d + b - c;
        if ((a & 1) == 0) {
            s[4] += a ^ b;
            s[5] += b + c;
            s[6] ^= c * 3 + d;
        } else {
            s[4] ^= d - a;
            s[5] -= c ^ a;
            s[6] += b >>> 1 ^ d;
        }
        if ((c & 7) == 3) {
            s[7] += s[4] ^ s[5] + s[6] * 5 - i;
        } else {
            s[7] ^= s[4] - s[5] ^ s[6] + i * 3L;
        }
        COUNTER.count += s[7] & 3;
        s[4] = s[4] * 33 + (s[5] >>> 2) - s[6];
        s[5] ^= a + i;
        return s[7] + COUNTER.step + (a ^ b) + (c ^ d);
    }

    static long largeMethod() {
        long[] state = {1, 2, 3, 4, 5, 6, 7, 8};
        long sum = 0;
        for (int i = 0; i < 4_000_000; i++) {
            sum += large(state, i);
        }
        return sum;
    }

    static long monitors() {
        for (int i = 0; i < 2_000_000; i++) {
            COUNTER.increment();
            synchronized (LIST) {
                COUNTER.count ^= i;
            }
        }
        return COUNTER.count;
    }

    static long calls() {
        if (LIST.isEmpty()) {
            for (int i = 0; i < 1_000; i++) {
                LIST.add(i);
            }
        }
        long sum = 0;
        for (int round = 0; round < 25_000; round++) {
            for (int i = 0; i < LIST.size(); i++) {
                sum += LIST.get(i);
            }
        }
        return sum;
    }

    static final java.util.Map<String, java.util.function.LongSupplier> ALL = new java.util.LinkedHashMap<>();

    static {
        ALL.put("array sum", () -> arraySum());
        ALL.put("matrix product", () -> matrixProduct());
        ALL.put("vectorised", () -> vectorised());
        ALL.put("field loop", () -> fieldLoop());
        ALL.put("recursion", () -> recursion());
        ALL.put("sort", () -> sort());
        ALL.put("method of > 300 bytes", () -> largeMethod());
        ALL.put("monitors", () -> monitors());
        ALL.put("calls", () -> calls());
    }
    // end of the cell
}
