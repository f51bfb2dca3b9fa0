package threadbook.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No method is treated otherwise by the JIT because of its sites, and none becomes too large.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LimitsTest {
    private static final Origin ORIGIN = new Origin("cell 1", line -> line, Set.of(), Set.of());
    private static final ClassDesc COUNTING = ClassDesc.of("Counting");
    private static final MethodTypeDesc COUNT = MethodTypeDesc.of(ConstantDescs.CD_int);

    @Test
    void a_method_that_would_no_longer_be_inlined_has_no_access_sites_and_is_named() {
        byte[] original = counting(38);

        Woven woven = weave(original, Depth.LOADED);

        assertThat(codeLength(original)).isBetween(300, 325);
        assertThat(codeLength(woven.bytes())).isLessThanOrEqualTo(325);
        assertThat(sites(woven.bytes(), "read")).isZero();
        assertThat(woven.spared()).containsExactly("count()I");
    }

    @Test
    void a_method_that_a_stop_site_alone_would_make_too_large_has_none() {
        Woven woven = weave(counting(40), Depth.LOADED);

        assertThat(codeLength(woven.bytes())).isLessThanOrEqualTo(325);
        assertThat(sites(woven.bytes(), "stop")).isZero();
    }

    @Test
    void a_method_that_stays_below_the_limit_or_was_above_it_has_access_sites() {
        Woven small = weave(counting(10), Depth.LOADED);
        Woven large = weave(counting(60), Depth.LOADED);

        assertThat(sites(small.bytes(), "read")).isEqualTo(11);
        assertThat(sites(large.bytes(), "read")).isEqualTo(61);
        assertThat(small.spared()).isEmpty();
        assertThat(large.spared()).isEmpty();
    }

    @Test
    void a_method_that_would_no_longer_be_compiled_has_no_access_sites() {
        Woven woven = weave(counting(900), Depth.LOADED);

        assertThat(codeLength(woven.bytes())).isLessThanOrEqualTo(8000);
        assertThat(sites(woven.bytes(), "stop")).isEqualTo(1);
        assertThat(woven.spared()).containsExactly("count()I");
    }

    @Test
    void a_class_woven_for_exploring_has_access_sites_in_all_methods() {
        Woven woven = weave(counting(900), Depth.EXPLORED);

        assertThat(sites(woven.bytes(), "read")).isEqualTo(901);
        assertThat(woven.spared()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 900, 5_000, 7_400, 8_100})
    void a_method_of_any_size_loads_and_counts_right(int additions) throws Throwable {
        for (Depth depth : Depth.values()) {
            byte[] woven = weave(counting(additions), depth).bytes();

            assertThat(counted(woven)).isEqualTo(additions);
        }
    }

    @Test
    void the_method_of_more_than_300_bytes_of_the_bench_is_one_that_its_sites_would_make_too_large() throws Exception {
        WovenLoader loader = WovenLoader.of(Loops.class.getName());

        loader.loadClass(Loops.class.getName());

        int length = loader.original(Loops.class.getName()).methods().stream()
                .filter(method -> method.methodName().equalsString("large"))
                .map(method -> (CodeAttribute) method.code().orElseThrow())
                .findFirst()
                .orElseThrow()
                .codeLength();
        assertThat(length).isBetween(300, 325);
        assertThat(loader.spared()).contains(Loops.class.getName() + ".large([JI)J");
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_class_from_before_invokedynamic_has_no_sites_and_works(Depth depth) throws Throwable {
        byte[] original = ClassFile.of()
                .build(
                        COUNTING,
                        type -> type.withVersion(ClassFile.JAVA_6_VERSION, 0)
                                .withFlags(ClassFile.ACC_PUBLIC)
                                .withField("total", ConstantDescs.CD_int, ClassFile.ACC_STATIC)
                                .withMethodBody(
                                        "count", COUNT, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, adding(3)));

        Woven woven = weave(original, depth);

        assertThat(count(woven.bytes()).majorVersion()).isEqualTo(ClassFile.JAVA_6_VERSION);
        assertThat(sites(woven.bytes(), "stop") + sites(woven.bytes(), "read")).isZero();
        assertThat(woven.spared()).containsExactly("count()I");
        assertThat(counted(woven.bytes())).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void a_class_whose_constants_leave_no_room_for_access_sites_has_stop_sites_and_works(Depth depth) throws Throwable {
        byte[] original = manyFields(12_000);

        Woven woven = weave(original, depth);

        assertThat(sites(woven.bytes(), "read")).isZero();
        assertThat(sites(woven.bytes(), "stop")).isEqualTo(1);
        assertThat(woven.spared()).contains("count()I", "read0()I").hasSize(1 + 12_000 / 600);
        assertThat(counted(woven.bytes())).isEqualTo(0);
    }

    private static Woven weave(byte[] original, Depth depth) {
        return new Weaver(name -> name.equals("Counting") ? original : null, LimitsTest.class.getClassLoader())
                .weave(original, ORIGIN, depth);
    }

    /// A class with a method that adds 1 to a static field so many times and returns it.
    private static byte[] counting(int additions) {
        return ClassFile.of()
                .build(
                        COUNTING,
                        type -> type.withFlags(ClassFile.ACC_PUBLIC)
                                .withField("total", ConstantDescs.CD_int, ClassFile.ACC_STATIC)
                                .withMethodBody(
                                        "count",
                                        COUNT,
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        adding(additions)));
    }

    private static Consumer<CodeBuilder> adding(int additions) {
        return code -> {
            for (int i = 0; i < additions; i++) {
                code.getstatic(COUNTING, "total", ConstantDescs.CD_int)
                        .iconst_1()
                        .iadd()
                        .putstatic(COUNTING, "total", ConstantDescs.CD_int);
            }
            code.getstatic(COUNTING, "total", ConstantDescs.CD_int).ireturn();
        };
    }

    /// A class with so many static fields, 600 of which are added up by each of its methods but the first.
    private static byte[] manyFields(int fields) {
        return ClassFile.of().build(COUNTING, type -> {
            type.withFlags(ClassFile.ACC_PUBLIC)
                    .withField("total", ConstantDescs.CD_int, ClassFile.ACC_STATIC)
                    .withMethodBody("count", COUNT, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, adding(0));
            for (int i = 0; i < fields; i++) {
                type.withField("f" + i, ConstantDescs.CD_int, ClassFile.ACC_STATIC);
            }
            for (int first = 0; first < fields; first += 600) {
                int from = first;
                type.withMethodBody("read" + first, COUNT, ClassFile.ACC_STATIC, code -> {
                    code.iconst_0();
                    for (int i = from; i < from + 600; i++) {
                        code.getstatic(COUNTING, "f" + i, ConstantDescs.CD_int).iadd();
                    }
                    code.ireturn();
                });
            }
        });
    }

    /// {@return what the method of a class returns}, which is loaded for that
    private static Object counted(byte[] bytes) throws Throwable {
        Class<?> loaded = new ClassLoader() {
            Class<?> define() {
                return defineClass("Counting", bytes, 0, bytes.length);
            }
        }.define();
        return MethodHandles.publicLookup()
                .findStatic(loaded, "count", MethodType.methodType(int.class))
                .invoke();
    }

    private static int codeLength(byte[] bytes) {
        return ((CodeAttribute) count(bytes).methods().getFirst().code().orElseThrow()).codeLength();
    }

    private static long sites(byte[] bytes, String kind) {
        return count(bytes)
                .methods()
                .getFirst()
                .code()
                .orElseThrow()
                .elementStream()
                .filter(element -> element instanceof InvokeDynamicInstruction site
                        && site.name().equalsString(kind))
                .count();
    }

    private static ClassModel count(byte[] bytes) {
        return ClassFile.of().parse(bytes);
    }
}
