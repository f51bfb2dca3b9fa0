package threadbook.kernel.session;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.cell.Cell;
import threadbook.kernel.jshell.CellClassName;
import threadbook.kernel.jshell.Program;
import threadbook.kernel.jshell.Program.Compiled;

/// The classes of one program on their way into the loader, and out of it again if the program fails.
///
/// New ones come before the first step, because a statement may use what is declared below it. Those that are
/// in use get their new bodies when the program reaches the snippet that changes them.
final class Installation {
    private final CellLoader loader;
    private final Program program;
    private final Cell cell;
    private final Map<String, CellClass> before = new HashMap<>();
    private final Map<String, Cell> owners = new HashMap<>();

    /// Takes in what is new of a program. Called before it runs.
    Installation(CellLoader loader, Program program, Cell cell) {
        this.loader = loader;
        this.program = program;
        this.cell = cell;
        program.classes().keySet().forEach(name -> {
            CellClass known = loader.known(name);
            if (known != null) {
                before.put(name, known);
                Cell owner = loader.owner(name);
                owners.put(CellClassName.outermost(name), owner == null ? cell : owner);
            }
        });
        loader.add(program.classes(), cell);
    }

    CellLoader loader() {
        return loader;
    }

    /// Gives classes in use the bodies that a step is to find; at the number of steps, the last ones. Called on
    /// the cell's thread.
    ///
    /// @throws IllegalStateException  if the JVM refuses
    void reach(int step) {
        Map<String, CellClass> changed = new LinkedHashMap<>();
        before.forEach((name, known) -> {
            Compiled compiled = program.classes().get(name);
            CellClass now = loader.known(name);
            if (compiled != null && loader.isDefined(name) && due(step, name, known, compiled)) {
                byte[] wanted = program.bytesAt(step, name);
                boolean first = now == known && compiled.declared(); // the lines and the cell are new in any case
                if (now != null && (first || !Arrays.equals(now.original(), wanted))) {
                    Cell owner = compiled.declared() ? cell : known.cell();
                    changed.put(
                            name,
                            new CellClass(wanted, loader.weave(wanted, compiled.origin()), compiled.origin(), owner));
                }
            }
        });
        loader.redefine(changed);
    }

    /// What has the same code as before is due at once, because only its lines are new.
    private boolean due(int step, String name, CellClass known, Compiled compiled) {
        return program.has(step, name) || Arrays.equals(known.original(), compiled.bytes());
    }

    /// Takes back what the steps from a failing one on declared, so far as it is not in use.
    ///
    /// @return what is known still of the program's classes: the bytes that javac made
    Map<String, byte[]> revert(int failed) {
        Map<String, byte[]> then = program.classesBefore(failed);
        Map<String, CellClass> changed = new LinkedHashMap<>();
        program.classes().forEach((name, compiled) -> {
            CellClass now = loader.known(name);
            CellClass target = target(name, then.get(name), now, compiled);
            if (!loader.replaceUnused(name, target) && target != null && target != now) {
                changed.put(name, target);
            }
        });
        loader.redefine(changed);
        owners.forEach((wrapper, owner) -> {
            if (!then.containsKey(wrapper)) {
                loader.own(wrapper, owner);
            }
        });
        Map<String, byte[]> kept = new HashMap<>();
        program.classes().keySet().forEach(name -> {
            CellClass now = loader.known(name);
            if (now != null) {
                kept.put(name, now.original());
            }
        });
        return kept;
    }

    private @Nullable CellClass target(
            String name, byte @Nullable [] then, @Nullable CellClass now, Compiled compiled) {
        if (then == null) {
            return before.get(name);
        }
        return now != null && Arrays.equals(now.original(), then)
                ? now
                : new CellClass(then, loader.weave(then, compiled.origin()), compiled.origin(), cell);
    }
}
