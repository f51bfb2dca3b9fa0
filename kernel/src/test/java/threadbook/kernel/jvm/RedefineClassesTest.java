package threadbook.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RedefineClassesTest {
    private static final ClassDesc NAME = ClassDesc.of("Made");

    private final RedefineClasses door = RedefineClasses.open().orElseThrow();
    private final Class<?> made = new ClassLoader(getClass().getClassLoader()) {
        Class<?> define(byte[] bytes) {
            return defineClass("Made", bytes, 0, bytes.length);
        }
    }.define(giving(1, "getAsInt"));

    private static byte[] giving(int value, String method) {
        return ClassFile.of()
                .build(
                        NAME,
                        type -> type.withFlags(ClassFile.ACC_PUBLIC)
                                .withInterfaceSymbols(ClassDesc.of(IntSupplier.class.getName()))
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(0)
                                                .invokespecial(
                                                        ConstantDescs.CD_Object,
                                                        ConstantDescs.INIT_NAME,
                                                        ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody(
                                        method,
                                        MethodTypeDesc.of(ConstantDescs.CD_int),
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.loadConstant(value).ireturn()));
    }

    @Test
    void an_object_made_before_runs_the_new_body() throws Exception {
        var old = (IntSupplier) made.getConstructor().newInstance();
        assertThat(old.getAsInt()).isEqualTo(1);

        door.redefine(Map.of(made, giving(2, "getAsInt")));

        assertThat(old.getAsInt()).isEqualTo(2);
    }

    @Test
    void another_shape_is_refused_and_nothing_changes() throws Exception {
        var old = (IntSupplier) made.getConstructor().newInstance();

        assertThatIllegalStateException().isThrownBy(() -> door.redefine(Map.of(made, giving(2, "other"))));

        assertThat(old.getAsInt()).isEqualTo(1);
    }
}
