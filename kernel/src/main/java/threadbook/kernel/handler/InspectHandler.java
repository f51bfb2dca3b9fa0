package threadbook.kernel.handler;

import threadbook.kernel.assist.Assistant;
import threadbook.kernel.protocol.Reply.InspectReply;
import threadbook.kernel.protocol.Request.InspectRequest;

/// Says what stands at the cursor.
public record InspectHandler(Assistant assistant) {

    public InspectReply handle(InspectRequest request) {
        return new InspectReply(assistant
                .inspect(request.code(), request.cursor(), request.detail())
                .orElse(null));
    }
}
