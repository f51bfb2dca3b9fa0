package threadbook.kernel.handler;

import java.util.Optional;
import threadbook.kernel.cell.CellOutput;
import threadbook.kernel.cell.InputRefusedException;
import threadbook.kernel.protocol.Client;
import threadbook.kernel.protocol.InputRequest;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Publication;
import threadbook.kernel.protocol.Publication.ClearOutput;
import threadbook.kernel.protocol.Publication.DisplayData;
import threadbook.kernel.protocol.Publication.UpdateDisplayData;

/// What a cell shows, as publications whose parent is the request that ran it.
///
/// @param silent      publish nothing
/// @param allowStdin  questions may be asked
record RequestOutput(Client client, Questions questions, Origin origin, boolean silent, boolean allowStdin)
        implements CellOutput {

    @Override
    public void text(Stream stream, String text) {
        if (!text.isEmpty()) {
            var name = switch (stream) {
                case STDOUT -> Publication.Stream.Name.STDOUT;
                case STDERR -> Publication.Stream.Name.STDERR;
            };
            publish(new Publication.Stream(name, text));
        }
    }

    @Override
    public void display(MimeBundle bundle, Optional<String> id) {
        publish(new DisplayData(bundle, id.orElse(null)));
    }

    @Override
    public void update(MimeBundle bundle, String id) {
        publish(new UpdateDisplayData(bundle, id));
    }

    @Override
    public void clear(boolean wait) {
        publish(new ClearOutput(wait));
    }

    @Override
    public String input(String prompt, boolean password) throws InterruptedException {
        if (!allowStdin) {
            throw new InputRefusedException();
        }
        return questions.ask(origin, new InputRequest(prompt, password));
    }

    private void publish(Publication publication) {
        if (!silent) {
            client.publish(origin, publication);
        }
    }
}
