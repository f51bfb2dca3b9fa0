package threadbook.lab.explore.model;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Monitors;
import threadbook.lab.explore.engine.Monitors.Monitor;

/// `wait`, `notify` and `notifyAll` of any object.
final class MonitorCalls {
    static final Set<String> NAMES = Set.of("wait", "notify", "notifyAll");

    private MonitorCalls() {}

    static @Nullable Object call(Call call) throws Throwable {
        Monitor monitor = Monitors.of(call.execution(), Objects.requireNonNull(call.receiver()), call.site());
        return switch (call.name()) {
            case "wait" -> {
                boolean timed = call.count() > 0 && (Long) call.argument(0) > 0;
                monitor.waiters().await(call.execution(), timed, true, "wait", call.site());
                yield null;
            }
            case "notify" -> call.perform(monitor.waiters().notify(call.me(), false, "notify", call.site()));
            case "notifyAll" -> call.perform(monitor.waiters().notify(call.me(), true, "notifyAll", call.site()));
            default -> throw call.notModelled();
        };
    }
}
