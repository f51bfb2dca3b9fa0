package threadbook.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `synchronized` methods become blocks when they are woven; in woven code reflection does not show it.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ReflectedTest {

    @ParameterizedTest
    @EnumSource(Depth.class)
    void reflection_in_woven_code_says_what_was_written(Depth depth) throws Exception {
        Class<?> woven = WovenLoader.of(Reflecting.class.getName(), depth).loadClass(Reflecting.class.getName());

        Object said = ((Supplier<?>) woven.getConstructor().newInstance()).get();

        assertThat(said).isEqualTo(new Reflecting().get());
        assertThat(said.toString()).contains("public static synchronized").contains("protected final synchronized");
        assertThat(Modifier.isSynchronized(woven.getMethod("counted").getModifiers()))
                .as("the flag is gone, so that it is Reflected that says it")
                .isFalse();
    }

    /// Asks for the modifiers of its own methods and of others in all ways there are.
    public static final class Reflecting implements Supplier<List<String>> {

        public static synchronized <T extends Comparable<T>> List<T> counted() {
            return List.of();
        }

        protected final synchronized strictfp int inherited(int... numbers) throws IllegalStateException {
            return numbers.length;
        }

        synchronized void bare() {}

        int notSynchronized() {
            return 1;
        }

        @Override
        public List<String> get() {
            Function<Method, Integer> reference = Method::getModifiers;
            var own = Arrays.stream(Reflecting.class.getDeclaredMethods()).filter(method -> !method.isSynthetic());
            var others = Stream.of(StringBuffer.class, Comparable.class)
                    .flatMap(type -> Arrays.stream(type.getDeclaredMethods()));
            return Stream.concat(own, others)
                    .sorted(Comparator.comparing(Method::getName)
                            .thenComparing(method -> Arrays.toString(method.getParameterTypes())))
                    .flatMap(method -> Stream.of(
                            method.toString(),
                            method.toGenericString(),
                            Modifier.toString(method.getModifiers()),
                            Modifier.toString(reference.apply(method)),
                            Modifier.toString(((Executable) method).getModifiers()),
                            Modifier.toString(((Member) method).getModifiers())))
                    .toList();
        }
    }
}
