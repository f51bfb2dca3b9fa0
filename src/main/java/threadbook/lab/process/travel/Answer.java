package threadbook.lab.process.travel;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a process tells the one that started it.
// Arrays in records: compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Answer {

    /// Who hears answers: one method for each, see [Order.Taker].
    interface Receiver {
        void ready();

        /// @param error  on standard error
        void printed(boolean error, byte[] text);

        void returned(Returned answer);

        void threw(Threw answer);

        /// Called once, after everything else, when the process has ended.
        void ended(int exit);
    }

    /// Gives the answer to whoever hears it.
    void to(Receiver receiver);

    /// Writes the answer, at once.
    void write(DataOutputStream out) throws IOException;

    /// It is up and waits for orders.
    record Ready() implements Answer {
        @Override
        public void to(Receiver receiver) {
            receiver.ready();
        }

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte('Y');
            out.flush();
        }
    }

    /// Its program printed something.
    ///
    /// @param error  on standard error instead of standard output
    record Printed(boolean error, byte[] text) implements Answer {
        @Override
        public void to(Receiver receiver) {
            receiver.printed(error, text);
        }

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(error ? 'E' : 'O');
            Bytes.write(out, text);
            out.flush();
        }
    }

    /// A call has come to its end.
    ///
    /// @param changed  the names of the variables that the process has changed for itself
    /// @param value    for [Values#read]
    record Returned(long call, List<String> changed, byte[] value) implements Answer {
        public Returned {
            changed = List.copyOf(changed);
        }

        @Override
        public void to(Receiver receiver) {
            receiver.returned(this);
        }

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte('R');
            out.writeLong(call);
            out.writeInt(changed.size());
            for (String name : changed) {
                out.writeUTF(name);
            }
            Bytes.write(out, value);
            out.flush();
        }
    }

    /// A call has thrown.
    ///
    /// @param throwable  for [Values#read]
    record Threw(long call, byte[] throwable) implements Answer {
        @Override
        public void to(Receiver receiver) {
            receiver.threw(this);
        }

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte('T');
            out.writeLong(call);
            Bytes.write(out, throwable);
            out.flush();
        }
    }

    /// {@return the next answer}
    ///
    /// @throws java.io.EOFException  if the process has ended
    static Answer read(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'Y' -> new Ready();
            case 'O' -> new Printed(false, Bytes.read(in));
            case 'E' -> new Printed(true, Bytes.read(in));
            case 'R' -> {
                long call = in.readLong();
                int count = in.readInt();
                List<String> changed = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    changed.add(in.readUTF());
                }
                yield new Returned(call, changed, Bytes.read(in));
            }
            case 'T' -> new Threw(in.readLong(), Bytes.read(in));
            default -> throw new IOException("expected an answer (Y, O, E, R, T), found the byte " + kind);
        };
    }
}
