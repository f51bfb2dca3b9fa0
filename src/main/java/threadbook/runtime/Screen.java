package threadbook.runtime;

import java.util.concurrent.atomic.AtomicReference;

/// Where the helper library shows values: the notebook if a kernel installed itself, otherwise the
/// console. Any thread may call it; the value is rendered on the calling thread.
public interface Screen {

    /// Shows a value under the cell that the calling thread belongs to.
    ///
    /// @return the display id, by which [#update] finds it again
    String display(Object value);

    /// Shows a value in the place of the one that was shown under the display id.
    void update(String id, Object value);

    /// {@return the screen that is in use}
    static Screen current() {
        return ConsoleScreen.CURRENT.get();
    }

    /// Puts a screen in use, for the kernel when it starts.
    ///
    /// @return the one that was in use
    static Screen install(Screen screen) {
        return ConsoleScreen.CURRENT.getAndSet(screen);
    }
}

/// Prints values as text; what a program without a notebook gets.
final class ConsoleScreen implements Screen {
    static final AtomicReference<Screen> CURRENT = new AtomicReference<>(new ConsoleScreen());

    private int last;

    @Override
    public synchronized String display(Object value) {
        System.out.println(value);
        return "display-" + ++last;
    }

    @Override
    public void update(String id, Object value) {
        System.out.println(value);
    }
}
