package threadbook.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No method is treated otherwise by the JIT because of its sites, and none becomes too large.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LimitsTest {
    private static final Origin ORIGIN = new Origin("cell 1", line -> line, Set.of(), Set.of());
    private static final ClassDesc COUNTING = ClassDesc.of("Counting");

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

            Class<?> loaded = new ClassLoader() {
                Class<?> define() {
                    return defineClass("Counting", woven, 0, woven.length);
                }
            }.define();
            Object counted = MethodHandles.publicLookup()
                    .findStatic(loaded, "count", java.lang.invoke.MethodType.methodType(int.class))
                    .invoke();

            assertThat(counted).isEqualTo(additions);
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
                                        MethodTypeDesc.of(ConstantDescs.CD_int),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> {
                                            for (int i = 0; i < additions; i++) {
                                                code.getstatic(COUNTING, "total", ConstantDescs.CD_int)
                                                        .iconst_1()
                                                        .iadd()
                                                        .putstatic(COUNTING, "total", ConstantDescs.CD_int);
                                            }
                                            code.getstatic(COUNTING, "total", ConstantDescs.CD_int)
                                                    .ireturn();
                                        }));
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
