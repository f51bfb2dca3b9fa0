package threadbook.weaving;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessListener;
import threadbook.runtime.AccessSite;

/// Writes down what the thread that made it accesses.
class Recorder implements AccessListener {

    record Event(AccessSite site, @Nullable Object target, int index) {}

    private final Thread thread = Thread.currentThread();
    private final List<Event> events = new ArrayList<>();

    @Override
    public void before(AccessSite site, @Nullable Object target, int index) {
        if (mine()) {
            events.add(new Event(site, target, index));
        }
    }

    final boolean mine() {
        return Thread.currentThread() == thread;
    }

    /// {@return what has happened so far}, as `KIND owner.name`
    final List<String> said() {
        return events.stream()
                .map(event -> event.site.kind() + " " + event.site.owner() + "." + event.site.name())
                .toList();
    }

    final List<Event> events() {
        return events;
    }
}
