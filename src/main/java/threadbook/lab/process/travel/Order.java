package threadbook.lab.process.travel;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a process is told by the one that started it.
// Arrays in records: compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Order {

    /// Define these classes, by their names with dots.
    ///
    /// @param anew  forget those that came before: some of them have changed
    record Define(boolean anew, Map<String, byte[]> classes) implements Order {
        public Define {
            classes = Map.copyOf(classes);
        }
    }

    /// Keep a lambda ready, in the place of the one before.
    ///
    /// @param values  of its [Luggage]
    record Keep(byte[] values) implements Order {}

    /// Run the lambda.
    ///
    /// @param call      a number for the answer
    /// @param argument  of a lambda that takes one; empty otherwise
    record Call(long call, byte[] argument) implements Order {}

    /// There is nothing more to do: end when all threads have.
    record Finish() implements Order {}

    /// Writes an order.
    default void write(DataOutputStream out) throws IOException {
        switch (this) {
            case Define(var anew, var classes) -> {
                out.writeByte('D');
                out.writeBoolean(anew);
                out.writeInt(classes.size());
                for (var each : classes.entrySet()) {
                    out.writeUTF(each.getKey());
                    Bytes.write(out, each.getValue());
                }
            }
            case Keep(var values) -> {
                out.writeByte('K');
                Bytes.write(out, values);
            }
            case Call(var call, var argument) -> {
                out.writeByte('C');
                out.writeLong(call);
                Bytes.write(out, argument);
            }
            case Finish() -> out.writeByte('F');
        }
        out.flush();
    }

    /// {@return the next order}
    ///
    /// @throws java.io.EOFException  if the process that gives them is gone
    static Order read(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'D' -> {
                boolean anew = in.readBoolean();
                int count = in.readInt();
                Map<String, byte[]> classes = new LinkedHashMap<>();
                for (int i = 0; i < count; i++) {
                    classes.put(in.readUTF(), Bytes.read(in));
                }
                yield new Define(anew, classes);
            }
            case 'K' -> new Keep(Bytes.read(in));
            case 'C' -> new Call(in.readLong(), Bytes.read(in));
            case 'F' -> new Finish();
            default -> throw new IOException("expected an order (D, K, C, F), found the byte " + kind);
        };
    }
}
