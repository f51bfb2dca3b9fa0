package threadbook.kernel.handler;

import threadbook.kernel.assist.Assistant;
import threadbook.kernel.assist.Assistant.Completion;
import threadbook.kernel.protocol.Reply.CompleteReply;
import threadbook.kernel.protocol.Reply.Match;
import threadbook.kernel.protocol.Request.CompleteRequest;

/// Says what could stand at the cursor.
public record CompleteHandler(Assistant assistant) {

    public CompleteReply handle(CompleteRequest request) {
        Completion completion = assistant.complete(request.code(), request.cursor());
        var matches = completion.candidates().stream()
                .map(candidate -> new Match(candidate.text(), candidate.type(), candidate.signature()))
                .toList();
        return new CompleteReply(matches, completion.start(), completion.end());
    }
}
