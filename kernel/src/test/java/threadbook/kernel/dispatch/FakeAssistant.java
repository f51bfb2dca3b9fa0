package threadbook.kernel.dispatch;

import java.util.List;
import java.util.Optional;
import threadbook.kernel.assist.Assistant;
import threadbook.kernel.protocol.MimeBundle;

/// Help that knows the word `length` and nothing else.
public final class FakeAssistant implements Assistant {

    @Override
    public Completion complete(String code, int cursor) {
        return new Completion(List.of(new Candidate("length", "function", "()")), cursor - 1, cursor);
    }

    @Override
    public Optional<MimeBundle> inspect(String code, int cursor, int detail) {
        return code.equals("length") ? Optional.of(MimeBundle.text("int length()")) : Optional.empty();
    }

    @Override
    public Completeness isComplete(String code) {
        return code.endsWith("{") ? new Completeness.Incomplete("  ") : new Completeness.Complete();
    }
}
