package threadbook.lab.process.travel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One value as bytes.
public final class Values {
    private Values() {}

    /// {@return the value as bytes}
    ///
    /// @param what  whose value it is, for the message
    /// @throws CannotTravelException  if it or something in it cannot be written
    public static byte[] write(String what, @Nullable Object value) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ValueOutput(bytes)) {
            out.writeObject(value);
        } catch (IOException | RuntimeException e) { // a class's own writeObject may throw anything
            throw CannotTravelException.of(what, value == null ? "null" : value, e);
        }
        return bytes.toByteArray();
    }

    /// {@return the value that was written}
    ///
    /// @param loader  has its classes
    public static @Nullable Object read(byte[] bytes, ClassLoader loader) throws IOException, ClassNotFoundException {
        try (var in = new ValueInput(new ByteArrayInputStream(bytes), loader)) {
            return in.readObject();
        }
    }
}
