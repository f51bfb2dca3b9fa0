package threadbook.runtime;

import org.jspecify.annotations.Nullable;

/// Is told of each access that another thread could see, before it happens and on the thread that is
/// about to do it.
///
/// A listener may keep the thread waiting, and may throw, which the woven code then sees. Code that it
/// calls and that is woven too comes back to it. All threads that run woven code
/// come by, also those that it has nothing to do with: it asks [Thread#currentThread].
public interface AccessListener {

    /// The index where no array element is accessed.
    int NO_INDEX = -1;

    /// {@return whether it wants to be told of a place}; asked once for each, when it begins to listen or the place
    /// is first reached. The others stay free
    default boolean hears(AccessSite site) {
        return true;
    }

    /// Something is about to happen, and will when this returns.
    ///
    /// @param target  the object whose field or method it is, or the array; null for a static member, for a
    ///                constructor, and where the code will fail because there is none
    /// @param index   of the array's element, which may be out of its bounds; else [#NO_INDEX]
    void before(AccessSite site, @Nullable Object target, int index);

    /// A monitor is about to be entered.
    ///
    /// @return the object whose monitor is really taken: `monitor`; or, to play the monitor, a fresh object
    ///     that no other thread has. What is returned comes back in [#exit]
    default @Nullable Object enter(AccessSite site, @Nullable Object monitor) {
        before(site, monitor, NO_INDEX);
        return monitor;
    }

    /// A monitor has just been left, also because of an exception.
    ///
    /// Not before: there, code that may throw would keep the JIT from compiling the method.
    ///
    /// @param taken  what [#enter] returned, or the monitor itself if it was entered before the listener came
    default void exit(AccessSite site, @Nullable Object taken) {
        before(site, taken, NO_INDEX);
    }

    /// Stands in the place of a call into code that is not woven, in classes that are woven for exploring.
    ///
    /// @param original   what would be called
    /// @param arguments  the receiver, unless the method is static or a constructor, and then the arguments,
    ///                   boxed
    /// @return what the call is to return, boxed; of a constructor the new object; anything for void
    /// @throws Throwable  what the call is to throw
    default @Nullable Object call(AccessSite site, Original original, @Nullable Object[] arguments) throws Throwable {
        before(site, original.hasReceiver() ? arguments[0] : null, NO_INDEX);
        return original.call(arguments);
    }

    /// The method or constructor that a woven call would reach without a listener.
    interface Original {

        /// {@return whether the first argument is the object that the method is called on}
        boolean hasReceiver();

        /// Calls it.
        ///
        /// @param arguments  as in [AccessListener#call]
        @Nullable
        Object call(@Nullable Object[] arguments) throws Throwable;
    }
}
