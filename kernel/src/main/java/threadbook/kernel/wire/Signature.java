package threadbook.kernel.wire;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The keyed hash that says that a message comes from someone who knows the connection file.
///
/// Not safe for use by several threads at once: a [Mac] has state.
final class Signature {
    private static final HexFormat HEX = HexFormat.of();

    /// Null if the key is empty: then nothing is signed and everything is accepted.
    private final @Nullable Mac mac;

    Signature(String key) {
        mac = key.isEmpty() ? null : mac(key);
    }

    /// {@return the signature of the frames, in hexadecimal digits; empty if there is no key}
    byte[] sign(List<byte[]> frames) {
        return mac == null ? new byte[0] : HEX.formatHex(hash(mac, frames)).getBytes(StandardCharsets.US_ASCII);
    }

    /// {@return whether the signature is that of the frames}; takes as long for a wrong one as
    /// for the right one, so that it cannot be guessed digit by digit
    boolean verify(byte[] signature, List<byte[]> frames) {
        return mac == null || MessageDigest.isEqual(sign(frames), signature);
    }

    private static byte[] hash(Mac mac, List<byte[]> frames) {
        mac.reset(); // the last one may have found no memory half-way
        frames.forEach(mac::update);
        return mac.doFinal();
    }

    private static Mac mac(String key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256, and a key that is not empty fits it", e);
        }
    }
}
