package threadbook.kernel.thread;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The run of a cell that a thread inherited from the thread that made it.
///
/// Another thread's inheritance is read through `Thread.inheritableThreadLocals`, a door of the JDK that
/// `--add-opens java.base/java.lang` opens. It is only read, never changed, so the thread it belongs to
/// cannot be harmed. Without the door the caller has the stacks alone ([#available]).
final class Inherited<C> {
    private static final @Nullable Door DOOR = Door.open();

    private final InheritableThreadLocal<@Nullable Membership<C>> local;

    /// @param current  the run that the calling thread belongs to at this moment
    Inherited(Supplier<Optional<C>> current) {
        local = new InheritableThreadLocal<>() {
            /// Called on the thread that makes another one: a pool's thread gives away the run of its task.
            @Override
            protected @Nullable Membership<C> childValue(@Nullable Membership<C> parent) {
                return current.get().map(Membership::new).orElse(null);
            }
        };
    }

    static boolean available() {
        return DOOR != null;
    }

    void enter(C cell) {
        local.set(new Membership<>(cell));
    }

    /// {@return what the calling thread was before}; for [#leave]
    @Nullable
    Membership<C> enterTask(C cell) {
        Membership<C> before = local.get();
        local.set(Membership.ofTask(cell));
        return before;
    }

    void leave(@Nullable Membership<C> before) {
        local.set(before);
    }

    @Nullable
    Membership<C> mine() {
        return local.get();
    }

    @SuppressWarnings("unchecked") // what the door finds under our own thread local is what we put there
    @Nullable
    Membership<C> of(Thread thread) {
        return DOOR == null ? null : (Membership<C>) DOOR.read(thread, local);
    }

    /// One thread's membership; made by the thread that made it or by itself, then used by it alone, but for
    /// what is final.
    static final class Membership<C> {
        private final C cell;
        private final boolean task;
        private @Nullable Boolean pooled;

        Membership(C cell) {
            this(cell, false);
        }

        private Membership(C cell, boolean task) {
            this.cell = cell;
            this.task = task;
        }

        static <C> Membership<C> ofTask(C cell) {
            Membership<C> membership = new Membership<>(cell, true);
            membership.pooled = false; // for as long as the task runs
            return membership;
        }

        /// {@return whether it is that of a task, for as long as the task runs}
        boolean task() {
            return task;
        }

        C cell() {
            return cell;
        }

        /// {@return whether the calling thread, which must be the member, runs the tasks of others}
        boolean pooled() {
            if (pooled == null) {
                pooled = StackOwner.currentIsPooled();
            }
            return pooled;
        }
    }

    private record Door(Field map, Field table, Field value) {

        static @Nullable Door open() {
            try {
                Field map = Thread.class.getDeclaredField("inheritableThreadLocals");
                Field table = map.getType().getDeclaredField("table");
                Field value = table.getType().getComponentType().getDeclaredField("value");
                Door door = new Door(map, table, value);
                map.setAccessible(true);
                table.setAccessible(true);
                value.setAccessible(true);
                return door.works() ? door : null;
            } catch (ReflectiveOperationException | RuntimeException closed) {
                return null; // the JDK changed or the option is missing: the stacks remain
            }
        }

        private boolean works() {
            InheritableThreadLocal<Object> probe = new InheritableThreadLocal<>();
            Object mark = new Object();
            probe.set(mark);
            Thread child = Thread.ofPlatform().unstarted(() -> {});
            boolean works = read(child, probe) == mark;
            probe.remove();
            return works;
        }

        @Nullable
        Object read(Thread thread, ThreadLocal<?> key) {
            try {
                Object locals = map.get(thread);
                Object entries = locals == null ? null : table.get(locals);
                int length = entries == null ? 0 : Array.getLength(entries);
                for (int i = 0; i < length; i++) {
                    if (Array.get(entries, i) instanceof Reference<?> entry && refersTo(entry, key)) {
                        return value.get(entry);
                    }
                }
                return null;
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("Thread.inheritableThreadLocals was readable and is no more", e);
            }
        }

        @SuppressWarnings("unchecked") // refersTo only compares identities
        private static boolean refersTo(Reference<?> reference, Object object) {
            return ((Reference<Object>) reference).refersTo(object);
        }
    }
}
