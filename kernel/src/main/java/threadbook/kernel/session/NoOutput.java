package threadbook.kernel.session;

import java.util.Optional;
import threadbook.kernel.cell.CellOutput;
import threadbook.kernel.cell.InputRefusedException;
import threadbook.kernel.protocol.MimeBundle;

/// The output of a cell that nobody has asked for.
final class NoOutput implements CellOutput {
    @Override
    public void text(Stream stream, String text) {}

    @Override
    public void display(MimeBundle bundle, Optional<String> id) {}

    @Override
    public void update(MimeBundle bundle, String id) {}

    @Override
    public void clear(boolean wait) {}

    @Override
    public String input(String prompt, boolean password) {
        throw new InputRefusedException();
    }
}
