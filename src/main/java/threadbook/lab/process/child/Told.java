package threadbook.lab.process.child;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import threadbook.lab.process.travel.Answer;

/// The way to the process that started this one. Any thread may use it; one answer at a time.
final class Told {
    private final DataOutputStream out; // guarded by this

    Told(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 14));
    }

    /// @throws IOException  if the other process is gone
    synchronized void tell(Answer answer) throws IOException {
        answer.write(out);
    }

    /// {@return a stream for the program's text}: each piece that is written goes out as one
    ///
    /// @param error  for standard error
    PrintStream printing(boolean error) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int single) throws IOException {
                        tell(new Answer.Printed(error, new byte[] {(byte) single}));
                    }

                    @Override
                    public void write(byte[] bytes, int from, int count) throws IOException {
                        tell(new Answer.Printed(error, Arrays.copyOfRange(bytes, from, from + count)));
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }
}
