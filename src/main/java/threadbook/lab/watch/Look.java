package threadbook.lab.watch;

import java.util.LinkedHashMap;
import java.util.Map;

/// Who waits at one instant, and for no limited time.
///
/// Threads are not all seen at the same instant: what two looks in a row show is true.
///
/// @param stuck  by thread, in the order of their beginning: the call it does not come back from
record Look(Map<Thread, Doing.Call> stuck) {
    private static final String LIBRARY = "threadbook.lab.";

    static Look at(Ledger ledger) {
        var stuck = new LinkedHashMap<Thread, Doing.Call>();
        ledger.doings().stream()
                .sorted((one, other) -> Long.compare(one.thread.threadId(), other.thread.threadId()))
                .forEach(doing -> {
                    Doing.Call call = doing.call();
                    boolean waits = switch (doing.thread.getState()) {
                        case BLOCKED, WAITING -> true;
                        case NEW, RUNNABLE, TIMED_WAITING, TERMINATED -> false;
                    };
                    if (call != null && waits && !isOurs(call)) {
                        stuck.put(doing.thread, call);
                    }
                });
        return new Look(stuck);
    }

    /// {@return whether both show the same threads in the very same calls}
    boolean sameAs(Look other) {
        return stuck.size() == other.stuck.size()
                && stuck.entrySet().stream().allMatch(each -> other.stuck.get(each.getKey()) == each.getValue());
    }

    /// {@return whether it is a call of this library}, such as `parallel`
    static boolean isOurs(Doing.Call call) {
        return call.site().owner().startsWith(LIBRARY);
    }
}
