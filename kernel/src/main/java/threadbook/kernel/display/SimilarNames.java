package threadbook.kernel.display;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import threadbook.kernel.cell.BareCode;
import threadbook.kernel.cell.EverydayTypes;

/// The names that may have been meant when a name is not found: those of this cell, of earlier cells, of
/// types that every course uses, and of the members of a JDK type.
final class SimilarNames {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");

    private static final List<String> PRIMITIVE = List.of("int", "long", "double", "boolean", "char");

    private static final List<String> PACKAGES = List.of(
            "java.lang.",
            "java.util.",
            "java.util.concurrent.",
            "java.util.concurrent.atomic.",
            "java.util.concurrent.locks.",
            "java.util.stream.",
            "java.util.function.",
            "java.io.",
            "java.time.");

    private final String code;
    private final Supplier<? extends Collection<String>> declared;

    SimilarNames(String code, Supplier<? extends Collection<String>> declared) {
        this.code = code;
        this.declared = declared;
    }

    /// {@return the name in scope that differs least from the unknown one, if it differs little}
    Optional<String> inScope(String unknown) {
        Set<String> known = new LinkedHashSet<>();
        NAME.matcher(BareCode.of(code)).results().forEach(found -> known.add(found.group()));
        known.addAll(declared.get());
        known.addAll(EverydayTypes.NAMES);
        known.addAll(PRIMITIVE);
        return closest(unknown, known);
    }

    /// {@return the member of a JDK type that differs least from the unknown one, if it differs little}
    ///
    /// @param type  as javac writes it, such as `List<String>`
    Optional<String> inType(String unknown, String type) {
        String raw = type.replaceAll("<.*", "").replaceAll("^.*\\.", "");
        return PACKAGES.stream()
                .map(before -> before + raw)
                .flatMap(name -> jdkClass(name).stream())
                .findFirst()
                .flatMap(found -> closest(
                        unknown,
                        Arrays.stream(found.getMethods())
                                .map(method -> method.getName())
                                .toList()));
    }

    private static Optional<Class<?>> jdkClass(String name) {
        try {
            return Optional.of(Class.forName(name, false, ClassLoader.getPlatformClassLoader()));
        } catch (ClassNotFoundException | NoClassDefFoundError _) {
            // Not in this package; a wrong case (`string`) is found as another file on some systems.
            return Optional.empty();
        }
    }

    private static Optional<String> closest(String unknown, Collection<String> known) {
        int most = unknown.length() <= 3 ? 1 : unknown.length() <= 6 ? 2 : 3;
        return known.stream()
                .filter(name -> !name.equals(unknown) && Math.abs(name.length() - unknown.length()) <= most)
                .min(Comparator.<String>comparingInt(name -> distance(unknown, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(unknown, name) <= most && distance(unknown, name) < unknown.length());
    }

    /// How many letters are inserted, left out, replaced or swapped with their neighbour (optimal string
    /// alignment); upper and lower case do not differ.
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
