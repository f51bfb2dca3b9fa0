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

    /// Who follows orders: one method for each. A visitor and not a switch over types, because for that the JVM would
    /// make a class at every start of a process, which takes some milliseconds.
    interface Taker {
        void define(Define order) throws IOException;

        void keep(Keep order) throws IOException;

        void call(Call order) throws IOException;

        void finish() throws IOException;
    }

    /// Gives the order to whoever follows it.
    void to(Taker taker) throws IOException;

    /// Writes the order, at once.
    void write(DataOutputStream out) throws IOException;

    /// Define these classes, by their names with dots.
    ///
    /// @param anew  forget those that came before: some of them have changed
    record Define(boolean anew, Map<String, byte[]> classes) implements Order {
        public Define {
            classes = Map.copyOf(classes);
        }

        @Override
        public void to(Taker taker) throws IOException {
            taker.define(this);
        }

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte('D');
            out.writeBoolean(anew);
            out.writeInt(classes.size());
            for (var each : classes.entrySet()) {
                out.writeUTF(each.getKey());
                Bytes.write(out, each.getValue());
            }
            out.flush();
        }
    }

    /// Keep a lambda ready, in the place of the one before.
    ///
    /// @param values  of its [Luggage]
    record Keep(byte[] values) implements Order {
        @Override
        public void to(Taker taker) throws IOException {
            taker.keep(this);
        }

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte('K');
            Bytes.write(out, values);
            out.flush();
        }
    }

    /// Run the lambda.
    ///
    /// @param call      a number for the answer
    /// @param argument  of a lambda that takes one; empty otherwise
    record Call(long call, byte[] argument) implements Order {
        @Override
        public void to(Taker taker) throws IOException {
            taker.call(this);
        }

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte('C');
            out.writeLong(call);
            Bytes.write(out, argument);
            out.flush();
        }
    }

    /// There is nothing more to do: end when all threads have.
    record Finish() implements Order {
        @Override
        public void to(Taker taker) throws IOException {
            taker.finish();
        }

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte('F');
            out.flush();
        }
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
