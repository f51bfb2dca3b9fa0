package threadbook.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SignatureTest {

    @Test
    void a_method_has_an_owner_a_name_and_parameters_and_is_read_without_packages() {
        var signature =
                Signature.of("java.util.stream.Stream<E> java.util.Map<K,V>.merge(K key, java.util.Map<K, V> other)");

        assertThat(signature)
                .isEqualTo(
                        new Signature("Stream<E> Map<K,V>.merge(K key, Map<K, V> other)", "java.util.Map", "merge", 2));
    }

    @Test
    void a_method_outside_of_any_type_has_no_owner() {
        assertThat(Signature.of("int twice(int n)")).isEqualTo(new Signature("int twice(int n)", "", "twice", 1));
    }

    @Test
    void a_type_keeps_its_package() {
        assertThat(Signature.of("java.util.List<E>").text()).isEqualTo("java.util.List<E>");
    }
}
