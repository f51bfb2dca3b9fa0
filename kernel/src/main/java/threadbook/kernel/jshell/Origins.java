package threadbook.kernel.jshell;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import threadbook.weaving.Origin;

/// Which lines the classes of a cell come from, by the wrapper that JShell put around them.
final class Origins {
    private static final Pattern KEY = Pattern.compile("\\d+");

    private final Map<String, Origin> known = new HashMap<>();

    /// {@return what is known}, to which more is added
    Map<String, Origin> known() {
        return known;
    }

    /// {@return where a class comes from}
    ///
    /// A class that JShell made on the way to the snippet's last one (`$JShell$1B` where `$JShell$1C` is the
    /// last) comes from the same lines, and its wrapper has the same. Overloads that call each other share
    /// one (`$JShell$1B_2`).
    Origin of(String className) {
        String outer = CellClassName.outermost(className);
        Origin exact = known.get(outer);
        if (exact != null) {
            return exact;
        }
        Set<String> keys = keys(outer);
        for (Map.Entry<String, Origin> other : known.entrySet()) {
            if (!Collections.disjoint(keys, keys(other.getKey()))) {
                return other.getValue();
            }
        }
        throw new IllegalStateException(
                "JShell loads %s, which no snippet became; known are %s".formatted(className, known.keySet()));
    }

    private static Set<String> keys(String wrapper) {
        return KEY.matcher(wrapper).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
