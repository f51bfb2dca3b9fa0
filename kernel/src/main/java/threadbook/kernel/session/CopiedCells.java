package threadbook.kernel.session;

import java.util.Optional;
import threadbook.runtime.Copying;

/// Loads the classes of all cells once more, for a program that is run in many copies at a time.
///
/// A copy's variables hold nothing yet: the statements of the cells do not run again.
final class CopiedCells implements Copying {
    private final CellLoader loader;

    CopiedCells(CellLoader loader) {
        this.loader = loader;
    }

    @Override
    public Optional<ClassLoader> copy(ClassLoader classes) {
        return classes == loader ? Optional.of(new Copy(loader)) : Optional.empty();
    }

    private static final class Copy extends ClassLoader {
        private final CellLoader cells;

        Copy(CellLoader cells) {
            super(cells.getParent());
            this.cells = cells;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            CellClass known = cells.known(name);
            if (known == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, known.woven(), 0, known.woven().length);
        }
    }
}
