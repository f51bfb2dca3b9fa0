package threadbook.lab.explore.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.lab.thread.Body;
import threadbook.lab.thread.IndexedBody;
import threadbook.lab.thread.WaitInterruptedException;

/// The library's own functions, as far as they wait or start threads.
final class LabCalls {
    private LabCalls() {}

    static @Nullable Object call(Call call) throws Throwable {
        return switch (call.name()) {
            case "sleep" -> sleep(call);
            case "parallel" -> parallel(call);
            case "burn" -> null;
            case "thread", "times", "until", "same" -> call.proceed();
            default -> throw call.notModelled();
        };
    }

    private static @Nullable Object sleep(Call call) {
        try {
            return Pauses.pause(call);
        } catch (InterruptedException _) {
            call.me().interrupt();
            throw WaitInterruptedException.restoringFlag("sleep(%s)".formatted(call.argument(0)));
        }
    }

    private static @Nullable Object parallel(Call call) throws Throwable {
        if (call.argument(0) instanceof Body[] bodies) {
            return Threads.parallel(call, List.of(bodies));
        }
        int count = call.number(0);
        IndexedBody body = (IndexedBody) call.argument(1);
        return Threads.parallel(
                call,
                java.util.stream.IntStream.range(0, count)
                        .<Body>mapToObj(i -> () -> body.run(i))
                        .toList());
    }
}
