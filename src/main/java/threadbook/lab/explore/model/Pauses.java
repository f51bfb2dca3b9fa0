package threadbook.lab.explore.model;

import org.jspecify.annotations.Nullable;

/// Sleeping, which orders nothing: it takes no time and is no step.
final class Pauses {
    private Pauses() {}

    static @Nullable Object call(Call call) throws Throwable {
        return call.name().equals("sleep") ? pause(call) : call.proceed();
    }

    static @Nullable Object pause(Call call) throws InterruptedException {
        var flag = call.execution().locations().interruptOf(call.me());
        if (call.execution().locations().touch(flag, false)
                && !call.execution().isOutside()) { // somebody interrupts it
            call.act(Act.on(call, flag));
        }
        if (call.me().takeInterrupt()) {
            throw new InterruptedException("sleep interrupted");
        }
        return null;
    }
}
