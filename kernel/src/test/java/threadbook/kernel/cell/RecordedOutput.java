package threadbook.kernel.cell;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import threadbook.kernel.protocol.MimeBundle;

/// An output that remembers what a cell sent, in order, and answers questions from a list.
///
/// Any thread may call it.
public final class RecordedOutput implements CellOutput {
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<MimeBundle> shown = new CopyOnWriteArrayList<>();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final List<String> updates = new CopyOnWriteArrayList<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();

    public RecordedOutput answering(String... lines) {
        answers.addAll(List.of(lines));
        return this;
    }

    /// {@return each text that was sent to standard output, as it was sent}
    public List<String> outPieces() {
        return List.copyOf(out);
    }

    public String out() {
        return String.join("", out);
    }

    public String err() {
        return String.join("", err);
    }

    public List<MimeBundle> shown() {
        return List.copyOf(shown);
    }

    /// {@return the display ids of what was shown}
    public List<String> ids() {
        return List.copyOf(ids);
    }

    /// {@return the display ids that were updated}
    public List<String> updates() {
        return List.copyOf(updates);
    }

    @Override
    public void text(Stream stream, String text) {
        (stream == Stream.STDOUT ? out : err).add(text);
    }

    @Override
    public void display(MimeBundle bundle, Optional<String> id) {
        shown.add(bundle);
        id.ifPresent(ids::add);
    }

    @Override
    public void update(MimeBundle bundle, String id) {
        shown.add(bundle);
        updates.add(id);
    }

    @Override
    public void clear(boolean wait) {}

    @Override
    public String input(String prompt, boolean password) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (answers.isEmpty()) {
            throw new InputRefusedException();
        }
        return answers.removeFirst();
    }
}
