package threadbook.lab.exercise;

import java.util.ArrayList;
import java.util.List;
import threadbook.runtime.Screen;

/// Keeps what was shown, while it is open.
final class RecordedScreen implements Screen, AutoCloseable {
    final List<Object> shown = new ArrayList<>();
    private final Screen before = Screen.install(this);

    @Override
    public String display(Object value) {
        shown.add(value);
        return "";
    }

    @Override
    public void update(String id, Object value) {
        shown.add(value);
    }

    @Override
    public void close() {
        Screen.install(before);
    }
}
