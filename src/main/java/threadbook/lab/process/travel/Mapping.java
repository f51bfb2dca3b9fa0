package threadbook.lab.process.travel;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A function that may throw anything, and that can travel to another process.
@FunctionalInterface
public interface Mapping<T extends @Nullable Object, R extends @Nullable Object> extends Serializable {

    /// {@return what it makes of the argument}
    R of(T argument) throws Exception;
}
