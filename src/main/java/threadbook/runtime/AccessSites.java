package threadbook.runtime;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The places where woven code does what another thread could see, see [AccessSite.Kind].
///
/// Each is a call site of its own, bound to nothing, or to the call that stands in the source: the JIT
/// compiles it to no instruction and no memory access, also where it is handed an object. [#listen] binds
/// all of them to a listener; compiled loops meet it at their next safepoint.
public final class AccessSites {
    private static final List<WeakReference<Site>> linked = new ArrayList<>(); // guarded by this class
    private static int checked = 1024; // when so many are linked, those of unloaded classes are dropped

    private static volatile @Nullable AccessListener listener; // any woven thread reads it, only while bound

    private AccessSites() {}

    /// Has every access site that it hears call the listener until [#ignore].
    ///
    /// @throws IllegalStateException  if another one is listening
    public static synchronized void listen(AccessListener one) {
        if (listener != null) {
            throw new IllegalStateException(
                    "Expected that nobody listens to the accesses, found %s.%nEnd that first.".formatted(listener));
        }
        listener = one;
        bindAll();
    }

    /// Makes the access sites free again. A call that the listener is in goes on.
    public static synchronized void ignore() {
        listener = null;
        bindAll();
    }

    /// What the JVM calls for each `invokedynamic` that stands before an access.
    ///
    /// @param kind    the name of an [AccessSite.Kind] in lower case; `told` for a monitor that is entered in
    ///                a way in which the listener cannot choose the object
    /// @param member  owner, name and descriptor, and the name of the source, with a space between them
    public static CallSite bootstrap(
            MethodHandles.Lookup caller, String kind, MethodType type, String member, int line) {
        return linked(new Site(Shape.of(type, kind), caller.lookupClass(), kind, member, line));
    }

    /// What the JVM calls for each `invokedynamic` that stands in the place of a call.
    ///
    /// @param how       `on` if the first argument is a receiver, else `of`
    /// @param original  what is called while nobody listens
    public static CallSite call(
            MethodHandles.Lookup caller, String how, MethodType type, MethodHandle original, String member, int line) {
        var call = new Called(original.asFixedArity().asType(type), how.equals("on"));
        return linked(new Site(call, caller.lookupClass(), "call", member, line));
    }

    private static synchronized Site linked(Site site) {
        if (linked.size() >= checked) {
            linked.removeIf(each -> each.refersTo(null));
            checked = Math.max(1024, 2 * linked.size());
        }
        linked.add(new WeakReference<>(site));
        site.bind(listener);
        return site;
    }

    private static void bindAll() {
        var bound =
                linked.stream().map(WeakReference::get).filter(Objects::nonNull).toArray(MutableCallSite[]::new);
        for (MutableCallSite site : bound) {
            ((Site) site).bind(listener);
        }
        MutableCallSite.syncAll(bound);
    }

    /// What a site is bound to.
    private sealed interface Binding {
        MethodHandle free();

        MethodHandle told(Site site);
    }

    /// Sites before an access; few types, so that the JVM makes their adapters once.
    private enum Shape implements Binding {
        PLAIN("before", void.class),
        TARGET("before", void.class, Object.class),
        ELEMENT("before", void.class, Object.class, int.class),
        ENTER("enter", Object.class, Object.class),
        EXIT("exit", void.class, Object.class);

        private final MethodType type;
        private final MethodHandle free;
        private final MethodHandle told;

        Shape(String method, Class<?> returned, Class<?>... handed) {
            type = MethodType.methodType(returned, handed);
            free = returned == void.class ? MethodHandles.empty(type) : MethodHandles.identity(Object.class);
            told = own(method, type.insertParameterTypes(0, Site.class));
        }

        static Shape of(MethodType type, String kind) {
            if (kind.equals("exit")) {
                return EXIT;
            }
            for (Shape shape : values()) {
                if (shape.type.equals(type)) {
                    return shape;
                }
            }
            throw new IllegalArgumentException("No access site has the type " + type);
        }

        @Override
        public MethodHandle free() {
            return free;
        }

        @Override
        public MethodHandle told(Site site) {
            return told.bindTo(site);
        }
    }

    private static final class Called implements Binding, AccessListener.Original {
        private static final MethodType ANY = MethodType.methodType(Object.class, Object[].class);
        private static final MethodHandle TELL = own("call", ANY.insertParameterTypes(0, Site.class, Called.class));

        private final MethodHandle exact;
        private final boolean receiver;
        private final MethodHandle any;

        Called(MethodHandle exact, boolean receiver) {
            this.exact = exact;
            this.receiver = receiver;
            any = exact.asSpreader(Object[].class, exact.type().parameterCount())
                    .asType(ANY);
        }

        @Override
        public MethodHandle free() {
            return exact;
        }

        @Override
        public MethodHandle told(Site site) {
            return MethodHandles.insertArguments(TELL, 0, site, this)
                    .asCollector(Object[].class, exact.type().parameterCount())
                    .asType(exact.type());
        }

        @Override
        public boolean hasReceiver() {
            return receiver;
        }

        @Override
        public @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
            return (@Nullable Object) any.invokeExact(arguments);
        }
    }

    private static final class Site extends MutableCallSite {
        private final Binding binding;
        private final Class<?> where;
        private final String kind;
        private final String member;
        private final int line;
        private @Nullable AccessSite described; // made when first asked for; a race makes equal ones

        Site(Binding binding, Class<?> where, String kind, String member, int line) {
            super(binding.free());
            this.binding = binding;
            this.where = where;
            this.kind = kind;
            this.member = member;
            this.line = line;
        }

        void bind(@Nullable AccessListener one) {
            MethodHandle target = one != null && one.hears(described()) ? binding.told(this) : binding.free();
            if (getTarget() != target) {
                setTarget(target);
            }
        }

        AccessSite described() {
            AccessSite known = described;
            if (known == null) {
                String[] parts = member.split(" ", 4);
                var which = kind.equals("told")
                        ? AccessSite.Kind.ENTER
                        : AccessSite.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
                known = new AccessSite(which, where, parts[3], line, parts[0], parts[1], parts[2]);
                described = known;
            }
            return known;
        }
    }

    private static void before(Site site) {
        tell(site, null, AccessListener.NO_INDEX);
    }

    private static void before(Site site, @Nullable Object target) {
        tell(site, target, AccessListener.NO_INDEX);
    }

    private static void before(Site site, @Nullable Object target, int index) {
        tell(site, target, index);
    }

    private static void tell(Site site, @Nullable Object target, int index) {
        AccessListener one = listener;
        if (one != null) {
            one.before(site.described(), target, index);
        }
    }

    private static @Nullable Object enter(Site site, @Nullable Object monitor) {
        AccessListener one = listener;
        return one == null ? monitor : one.enter(site.described(), monitor);
    }

    private static void exit(Site site, @Nullable Object taken) {
        AccessListener one = listener;
        if (one != null) {
            one.exit(site.described(), taken);
        }
    }

    private static @Nullable Object call(Site site, Called original, @Nullable Object[] arguments) throws Throwable {
        AccessListener one = listener;
        return one == null ? original.call(arguments) : one.call(site.described(), original, arguments);
    }

    private static MethodHandle own(String method, MethodType type) {
        try {
            return MethodHandles.lookup().findStatic(AccessSites.class, method, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
