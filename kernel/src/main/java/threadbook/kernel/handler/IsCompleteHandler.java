package threadbook.kernel.handler;

import threadbook.kernel.assist.Assistant;
import threadbook.kernel.assist.Assistant.Completeness.Complete;
import threadbook.kernel.assist.Assistant.Completeness.Incomplete;
import threadbook.kernel.assist.Assistant.Completeness.Invalid;
import threadbook.kernel.protocol.Reply.IsCompleteReply;
import threadbook.kernel.protocol.Request.IsCompleteRequest;

/// Says whether a console should run the code or begin a new line.
public record IsCompleteHandler(Assistant assistant) {

    public IsCompleteReply handle(IsCompleteRequest request) {
        return switch (assistant.isComplete(request.code())) {
            case Complete() -> new IsCompleteReply("complete", "");
            case Incomplete(String indent) -> new IsCompleteReply("incomplete", indent);
            case Invalid() -> new IsCompleteReply("invalid", "");
        };
    }
}
