package threadbook.lab.explore.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessListener;
import threadbook.runtime.AccessSite;

/// Says what is done instead of a call into code that is not woven.
@FunctionalInterface
public interface Calls {
    /// {@return what the call returns}
    ///
    /// @throws Throwable  what the call throws
    @Nullable
    Object call(Execution execution, AccessSite site, AccessListener.Original original, @Nullable Object[] arguments)
            throws Throwable;

    /// {@return whether a reference to this method would hide from the explorer what threads share}
    default boolean hides(AccessSite reference) {
        return true;
    }

    /// An array is about to be cloned.
    default void clones(Execution execution, AccessSite site, Object array) {}

    /// {@return the method reference that an object is or captures, whose calls nobody would see}
    default Optional<String> hidden(@Nullable Object object) {
        return Optional.empty();
    }
}
