package threadbook.lab.explore.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a collection held, to be put back after a schedule.
final class Contents {
    private Contents() {}

    /// {@return what puts back the present contents; empty if that is impossible}
    static Optional<Runnable> of(Object object) {
        return switch (object) {
            case Collection<?> all -> Optional.of(putBack(all));
            case Map<?, ?> all -> Optional.of(putBack(all));
            case StringBuilder text -> {
                String before = text.toString();
                yield Optional.of(() -> {
                    text.setLength(0);
                    text.append(before);
                });
            }
            case StringBuffer text -> {
                String before = text.toString();
                yield Optional.of(() -> {
                    text.setLength(0);
                    text.append(before);
                });
            }
            default -> Optional.empty();
        };
    }

    private static <T> Runnable putBack(Collection<T> all) {
        var before = new ArrayList<>(all);
        return () -> {
            if (!before.equals(new ArrayList<>(all))) {
                all.clear();
                all.addAll(before);
            }
        };
    }

    private static <K, V> Runnable putBack(Map<K, V> all) {
        var before = new LinkedHashMap<>(all);
        return () -> {
            if (!before.equals(new LinkedHashMap<>(all))) {
                all.clear();
                all.putAll(before);
            }
        };
    }
}
