package threadbook.weaving;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One of every construct of the language that becomes code in a way of its own.
public final class Constructs implements Supplier<String> {
    private static final int[] STATIC = new int[3];

    static {
        for (int i = 0; i < STATIC.length; i++) {
            STATIC[i] = i * i;
        }
    }

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {
        Circle {
            if (radius < 0) {
                throw new IllegalArgumentException();
            }
        }
    }

    record Square(double side) implements Shape {}

    enum Level {
        LOW {
            @Override
            int weight() {
                return 1;
            }
        },
        HIGH {
            @Override
            int weight() {
                return 2;
            }
        };

        abstract int weight();
    }

    private static class Base {
        final String name;

        Base(String name) {
            this.name = name;
        }
    }

    private static final class First extends Base {
        First(boolean loud) {
            String name = loud ? "FIRST" : "first"; // before super, as Java 25 allows
            super(name);
        }
    }

    private static final class Second extends Base {
        Second() {
            super("second");
        }
    }

    @Override
    public String get() {
        var out = new StringJoiner(" ");
        out.add("loops " + loops(10));
        out.add("switch " + choose(3) + choose("b") + area(new Circle(1)) + area(new Square(2)));
        out.add("enum " + Level.LOW.weight() + Level.valueOf("HIGH").weight());
        out.add("merge " + merge(true).name + merge(false).name);
        out.add("try " + guarded(0) + guarded(1) + guarded(2));
        out.add("closed " + closed());
        out.add("lambda " + lambdas());
        out.add("static " + STATIC[2]);
        out.add("record " + new Square(1) + new Square(1).equals(new Square(1)));
        out.add("sync " + synchronizedSum(5));
        out.add("labels " + labels());
        out.add("inner " + new Inner().outer());
        out.add("varargs " + count(1, 2, 3));
        out.add("ternary " + (STATIC.length > 2 ? 1L : 2));
        out.add("long " + longs(7));
        out.add("arrays " + arrays(1));
        return out.toString();
    }

    private static int loops(int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += i;
        }
        int down = n;
        while (down-- > 0) {
            if (down % 2 == 0) {
                continue;
            }
            sum += down;
        }
        do {
            sum++;
        } while (sum % 7 != 0);
        for (String each : List.of("a", "b")) {
            sum += each.length();
        }
        for (int[] row : new int[][] {{1, 2}, {3}}) {
            for (int cell : row) {
                sum += cell;
            }
        }
        return sum;
    }

    private static int choose(int n) {
        return switch (n) {
            case 1 -> 10;
            case 3 -> {
                int twice = n * 2;
                yield twice;
            }
            default -> 0;
        };
    }

    private static int choose(String s) {
        switch (s) {
            case "a":
                return 1;
            case "b":
            case "c":
                return 2;
            default:
                return 3;
        }
    }

    private static double area(Shape shape) {
        return switch (shape) {
            case Circle(double r) when r > 100 -> -1;
            case Circle(double r) -> Math.rint(r * r * 3);
            case Square(var side) -> side * side;
        };
    }

    /// The two arms meet in a stack map frame: the verifier must know that both are a Base.
    private static Base merge(boolean first) {
        Base one = first ? new First(true) : new Second();
        while (one.name.isEmpty()) {
            one = new Second();
        }
        return one;
    }

    private static String guarded(int n) {
        String way = "";
        try {
            way += 10 / n;
            if (n == 2) {
                return way + "r";
            }
        } catch (ArithmeticException | NullPointerException e) {
            way += "c";
        } finally {
            way += "f";
        }
        return way;
    }

    private static String closed() {
        var order = new StringBuilder();
        try (AutoCloseable a = () -> order.append('a');
                AutoCloseable b = () -> order.append('b')) {
            order.append(a == b);
        } catch (Exception e) {
            order.append(e);
        }
        return order.toString();
    }

    private static String lambdas() {
        int base = 5;
        IntSupplier supplier =
                () -> base + IntStream.range(0, 4).map(i -> i * i).sum();
        List<String> words = new ArrayList<>(List.of("pear", "fig", "apple"));
        words.sort(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
        return supplier.getAsInt() + words.stream().map(String::toUpperCase).collect(Collectors.joining());
    }

    private final Object lock = new Object();

    private synchronized int synchronizedSum(int n) {
        synchronized (lock) {
            return n == 0 ? 0 : n + synchronizedSum(n - 1);
        }
    }

    private static int labels() {
        int count = 0;
        outer:
        for (int i = 0; i < 5; i++) {
            for (int j = 0; ; j++) {
                if (j == 3) {
                    continue outer;
                }
                if (i == 3) {
                    break outer;
                }
                count++;
            }
        }
        return count;
    }

    private static int count(int... numbers) {
        return numbers.length;
    }

    private static long longs(long n) {
        long a = 0;
        double b = 0.5;
        for (long i = 0; i < n; i++, b *= 2) {
            a += (long) b ^ i;
        }
        return a;
    }

    /// Elements of every type, with all that is done to them in one expression.
    private static String arrays(int at) {
        boolean[] flags = {true, false};
        byte[] bytes = {1, 2};
        short[] shorts = {3, 4};
        char[] chars = {'a', 'b'};
        int[] ints = {5, 6};
        long[] longs = {7, 8};
        float[] floats = {0.5f, 1.5f};
        double[] doubles = {2.5, 3.5};
        String[] words = {"x", "y"};
        long[][] table = {{1, 2}, {3, 4}};
        flags[at] |= flags[0];
        bytes[at] += (byte) 127;
        shorts[at] <<= 13;
        chars[at]++;
        ints[at] = ints[0]++ + ++ints[at];
        longs[at] = longs[0] = longs[at]-- * 3;
        floats[at] *= floats[0] -= 0.25f;
        doubles[at] = doubles[0] /= 2;
        words[at] += words[0];
        table[at][0] += table[0][at]++;
        return "" + flags[at] + bytes[at] + shorts[at] + chars[at] + ints[0] + ints[at] + longs[0] + longs[at]
                + floats[0] + floats[at] + doubles[0] + doubles[at] + words[at] + table[0][1] + table[1][0];
    }

    private final class Inner {
        int outer() {
            class Local {
                int value() {
                    return STATIC[1] + Constructs.this.hashCode() * 0;
                }
            }
            return new Local().value();
        }
    }

    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
