package threadbook.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.classfile.instruction.LineNumber;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import threadbook.runtime.AccessListener;
import threadbook.runtime.AccessSite;
import threadbook.runtime.AccessSite.Kind;
import threadbook.runtime.AccessSites;
import threadbook.weaving.Recorder.Event;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AccessesTest {
    private final Recorder recorder = new Recorder();

    @AfterEach
    void free() {
        AccessSites.ignore();
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_field_is_seen_with_its_object_member_and_line(Depth depth) throws Exception {
        Subject subject = new Subject(depth);

        assertOne(subject, "readField", Kind.READ, "count", "I", subject.object, -1);
        assertOne(subject, "writeField", Kind.WRITE, "count", "I", subject.object, -1);
        assertOne(subject, "writeBig", Kind.WRITE, "big", "J", subject.object, -1);
        assertOne(subject, "readVolatile", Kind.READ, "real", "D", subject.object, -1);
        assertOne(subject, "readStatic", Kind.READ, "total", "I", null, -1);
        assertOne(subject, "writeStatic", Kind.WRITE, "total", "I", null, -1);
        assertThat(subject.call("readField")).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_listener_is_not_told_of_places_that_it_does_not_want_to_hear(Depth depth) throws Exception {
        Subject subject = new Subject(depth);
        var told = new ArrayList<Kind>();
        AccessSites.listen(new AccessListener() {
            @Override
            public boolean hears(AccessSite site) {
                return site.kind() == Kind.WRITE;
            }

            @Override
            public void before(AccessSite site, @Nullable Object target, int index) {
                told.add(site.kind());
            }
        });

        subject.call("readField");
        subject.call("writeField");

        assertThat(told).containsExactly(Kind.WRITE);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void an_array_element_is_seen_with_its_array_and_index(Depth depth) throws Exception {
        Subject subject = new Subject(depth);
        int[] ints = {1, 2, 3};
        long[] longs = {4, 5};
        String[] words = {"a"};
        boolean[] bits = {true};

        assertOne(subject, "readInt", Kind.READ, "[]", "I", ints, 1, ints);
        assertOne(subject, "writeInt", Kind.WRITE, "[]", "I", ints, 2, ints);
        assertOne(subject, "readLong", Kind.READ, "[]", "J", longs, 1, longs);
        assertOne(subject, "writeLong", Kind.WRITE, "[]", "J", longs, 1, longs);
        assertOne(subject, "writeWord", Kind.WRITE, "[]", "Ljava/lang/Object;", words, 0, (Object) words);
        subject.call("flip", bits);

        assertThat(ints).containsExactly(1, 2, 8);
        assertThat(longs).containsExactly(4, 8);
        assertThat(words).containsExactly("z");
        assertThat(bits).containsExactly(false);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void an_element_of_any_type_is_seen_and_is_read_and_written_as_ever(Depth depth) throws Exception {
        Subject subject = new Subject(depth);
        byte[] bytes = {1, 2};
        short[] shorts = {1, 2};
        char[] chars = {'a', 'b'};
        float[] floats = {1, 2};
        double[] doubles = {1, 2};

        assertOne(subject, "readByte", Kind.READ, "[]", "B", bytes, 1, bytes);
        assertOne(subject, "writeByte", Kind.WRITE, "[]", "B", bytes, 1, bytes);
        assertOne(subject, "readShort", Kind.READ, "[]", "S", shorts, 1, shorts);
        assertOne(subject, "writeShort", Kind.WRITE, "[]", "S", shorts, 1, shorts);
        assertOne(subject, "readChar", Kind.READ, "[]", "C", chars, 1, chars);
        assertOne(subject, "writeChar", Kind.WRITE, "[]", "C", chars, 1, chars);
        assertOne(subject, "readFloat", Kind.READ, "[]", "F", floats, 1, floats);
        assertOne(subject, "writeFloat", Kind.WRITE, "[]", "F", floats, 1, floats);
        assertOne(subject, "readDouble", Kind.READ, "[]", "D", doubles, 1, doubles);
        assertOne(subject, "writeDouble", Kind.WRITE, "[]", "D", doubles, 1, doubles);

        assertThat(bytes).containsExactly(1, 8);
        assertThat(shorts).containsExactly((short) 1, (short) 8);
        assertThat(chars).containsExactly('a', 'z');
        assertThat(floats).containsExactly(1, 8);
        assertThat(doubles).containsExactly(1, 8);
        assertThat(subject.call("readWord", (Object) new String[] {"w"})).isEqualTo("w");
        assertThat(subject.call("readFloat", floats)).isEqualTo(8f);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void an_access_that_fails_is_seen_and_fails_as_ever(Depth depth) throws Exception {
        Subject subject = new Subject(depth);
        AccessSites.listen(recorder);

        assertThatThrownBy(() -> subject.call("readInt", (Object) new int[1]))
                .isInstanceOf(ArrayIndexOutOfBoundsException.class);
        assertThatThrownBy(() -> subject.call("readInt", (Object) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> subject.call("block", (Object) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> subject.call("noArguments", (Object) null)).isInstanceOf(NullPointerException.class);

        assertThat(recorder.events()).extracting(Event::index).containsExactly(1, 1, -1, -1);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_monitor_is_seen_when_it_is_entered_and_left(Depth depth) throws Exception {
        Subject subject = new Subject(depth);
        Object monitor = new Object();
        AccessSites.listen(recorder);

        subject.call("block", monitor);
        subject.call("method");
        subject.call("staticMethod");
        assertThatThrownBy(() -> subject.call("failing")).hasMessage("expected");

        assertThat(recorder.events())
                .filteredOn(event -> event.site().kind() != Kind.CALL)
                .extracting(event -> event.site().kind(), Event::target)
                .containsExactly(
                        tuple(Kind.ENTER, monitor),
                        tuple(Kind.EXIT, monitor),
                        tuple(Kind.ENTER, subject.object),
                        tuple(Kind.EXIT, subject.object),
                        tuple(Kind.ENTER, subject.type),
                        tuple(Kind.EXIT, subject.type),
                        tuple(Kind.ENTER, subject.object),
                        tuple(Kind.EXIT, subject.object));
        assertThat(Thread.holdsLock(subject.object)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_listener_can_play_the_monitors_so_that_none_is_taken(Depth depth) throws Exception {
        Subject subject = new Subject(depth);
        var taken = new ArrayList<@Nullable Object>();
        Object substitute = new Object();
        AccessSites.listen(new Recorder() {
            @Override
            public @Nullable Object enter(AccessSite site, @Nullable Object monitor) {
                return mine() ? substitute : monitor;
            }

            @Override
            public void exit(AccessSite site, @Nullable Object left) {
                taken.add(left);
            }
        });
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var owner = new Thread(() -> {
            synchronized (subject.object) {
                entered.countDown();
                assertThatCode(leave::await).doesNotThrowAnyException();
            }
        });
        owner.start();
        entered.await();

        subject.call("method"); // would wait for the owner if it took the monitor
        subject.call("block", subject.object);
        assertThatThrownBy(() -> subject.call("failing")).hasMessage("expected");
        leave.countDown();
        owner.join();

        assertThat(taken).hasSize(3).containsOnly(substitute);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_call_into_code_that_is_not_woven_is_seen_with_its_receiver(Depth depth) throws Exception {
        Subject subject = new Subject(depth);
        var lock = new ReentrantLock();
        var queue = new ArrayBlockingQueue<String>(4);

        assertOne(subject, "noArguments", Kind.CALL, "lock", "()V", lock, -1, lock);
        assertOne(subject, "oneArgument", Kind.CALL, "offer", "(Ljava/lang/Object;)Z", queue, -1, queue);
        AccessSites.listen(recorder);
        assertThat(subject.call("threeWords", queue)).isEqualTo(true);
        assertThat(recorder.events().getLast().target()).isSameAs(queue);
        assertThat(subject.call("staticCall", 5L)).isEqualTo("[5]");
        assertThat(subject.call("create")).isEqualTo(List.of());
        assertThat(subject.call("createConditionally", true)).isEqualTo(2);
        assertThat(subject.call("createConditionally", false)).isEqualTo(1);
        subject.call("await", new Object());

        assertThat(lock.isHeldByCurrentThread()).isTrue();
        assertThat(queue).hasSize(2);
        assertThat(recorder.said())
                .contains(
                        "READ java.util.concurrent.TimeUnit.SECONDS",
                        "CALL java.util.List.of",
                        "CALL java.util.List.toString",
                        "CALL java.util.ArrayList.<init>",
                        "CALL java.lang.Object.wait");
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_method_inherited_from_code_that_is_not_woven_is_seen_as_a_call_of_it(Depth depth) throws Exception {
        Subject subject = new Subject(depth);
        Object worker = subject.nested("Worker");
        AccessSites.listen(recorder);

        subject.call("inherited", worker);

        ((Thread) worker).join();
        assertThat(recorder.said()).containsExactly("CALL java.lang.Thread.start");
        assertThat(recorder.events().getFirst().target()).isSameAs(worker);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_call_of_woven_code_and_what_concerns_no_other_thread_are_not_seen(Depth depth) throws Exception {
        Subject subject = new Subject(depth);
        Object both = subject.nested("Both");
        Method woven = both.getClass().getDeclaredMethod("woven");
        woven.setAccessible(true);
        AccessSites.listen(recorder);

        assertThat(woven.invoke(both)).isEqualTo("named");
        assertThat(subject.call("silent", -4, "n")).isEqualTo("n8");

        assertThat(recorder.said()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void fields_set_before_super_are_not_seen_and_set(Depth depth) throws Exception {
        Subject subject = new Subject(depth);
        AccessSites.listen(recorder);

        Object later = subject.nested("Later", 6L);

        assertThat(recorder.said()).containsExactly("WRITE " + Accessing.class.getName() + "$Early.first");
        assertThat(subject.field(later, "second")).isEqualTo(6L);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_reference_to_a_method_that_is_not_woven_is_seen_when_it_is_made(Depth depth) throws Exception {
        var lock = new ReentrantLock();

        assertOne(new Subject(depth), "unlocks", Kind.REFERENCE, "unlock", "()V", lock, -1, lock);
    }

    @Test
    void calls_and_creations_can_be_taken_over_in_a_class_woven_for_exploring() throws Exception {
        Subject subject = new Subject(Depth.EXPLORED);
        var lock = new ReentrantLock();
        var made = new ArrayList<String>(List.of("ours"));
        AccessSites.listen(new Recorder() {
            @Override
            public @Nullable Object call(AccessSite site, Original original, @Nullable Object[] arguments)
                    throws Throwable {
                return switch (site.name()) {
                    case "lock" -> null;
                    case "<init>" -> made;
                    case "offer" -> throw new IllegalStateException("from the listener");
                    default -> original.call(arguments);
                };
            }
        });

        subject.call("noArguments", lock);

        assertThat(lock.isLocked()).isFalse();
        assertThat(subject.call("create")).isSameAs(made);
        assertThatThrownBy(() -> subject.call("oneArgument", new ArrayBlockingQueue<String>(1)))
                .hasMessage("from the listener");
        assertThat(subject.call("staticCall", 4L)).isEqualTo("[4]");
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void nothing_is_seen_when_nobody_listens(Depth depth) throws Exception {
        Subject subject = new Subject(depth);
        AccessSites.listen(recorder);
        subject.call("readField");
        AccessSites.ignore();

        subject.call("readField");
        subject.call("method");
        subject.call("create");

        assertThat(recorder.events()).hasSize(1);
    }

    @Test
    void only_one_can_listen() {
        AccessSites.listen(recorder);

        assertThatThrownBy(() -> AccessSites.listen(new Recorder())).isInstanceOf(IllegalStateException.class);
    }

    private void assertOne(
            Subject subject,
            String method,
            Kind kind,
            String name,
            String descriptor,
            @Nullable Object target,
            int index,
            @Nullable Object... arguments)
            throws Exception {
        var one = new Recorder();
        AccessSites.listen(one);
        subject.call(method, arguments);
        AccessSites.ignore();

        assertThat(one.events()).as(method).hasSize(1);
        Event event = one.events().getFirst();
        assertThat(event.site().kind()).as(method).isEqualTo(kind);
        assertThat(event.site().name()).as(method).isEqualTo(name);
        assertThat(event.site().descriptor()).as(method).isEqualTo(descriptor);
        assertThat(event.site().where()).as(method).isSameAs(subject.type);
        assertThat(event.site().line()).as(method).isEqualTo(subject.line(method));
        assertThat(event.target()).as(method).isSameAs(target);
        assertThat(event.index()).as(method).isEqualTo(index);
    }

    /// An [Accessing] whose class is woven, and its methods by name.
    private static final class Subject {
        final WovenLoader loader;
        final Class<?> type;
        final Object object;

        Subject(Depth depth) throws ReflectiveOperationException {
            loader = WovenLoader.of(Accessing.class.getName(), depth);
            type = loader.loadClass(Accessing.class.getName());
            object = type.getConstructor().newInstance();
        }

        @Nullable
        Object call(String method, @Nullable Object... arguments) throws Exception {
            for (Method each : type.getDeclaredMethods()) {
                if (each.getName().equals(method)) {
                    each.setAccessible(true);
                    try {
                        return each.invoke(object, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                }
            }
            throw new NoSuchMethodException(method);
        }

        Object nested(String name, Object... arguments) throws ReflectiveOperationException {
            Constructor<?> constructor =
                    loader.loadClass(Accessing.class.getName() + "$" + name).getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        }

        Object field(Object owner, String name) throws ReflectiveOperationException {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        }

        /// The first line of a method, as javac wrote it down.
        int line(String method) {
            return loader.original(type.getName()).methods().stream()
                    .filter(each -> each.methodName().equalsString(method))
                    .flatMap(each -> each.code().orElseThrow().elementStream())
                    .filter(LineNumber.class::isInstance)
                    .map(LineNumber.class::cast)
                    .findFirst()
                    .orElseThrow()
                    .line();
        }
    }
}
