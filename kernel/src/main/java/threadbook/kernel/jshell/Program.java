package threadbook.kernel.jshell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import threadbook.weaving.Origin;

/// A cell that compiled, ready to be run step by step.
public final class Program {
    private final List<Step> steps;
    private final Map<String, Compiled> classes;
    private final boolean shows;
    private final List<Reset> resets;

    Program(List<Step> steps, Map<String, Compiled> classes, boolean shows, List<Reset> resets) {
        this.steps = List.copyOf(steps);
        this.classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
        this.shows = shows;
        this.resets = List.copyOf(resets);
    }

    /// {@return the names of the classes whose static method `do_it$` is to be called, in this order}
    public List<String> steps() {
        return steps.stream().map(Step::className).toList();
    }

    /// {@return every class that the cell declares or replaces, by name}
    public Map<String, Compiled> classes() {
        return classes;
    }

    /// {@return whether what the last step returns is the value of the cell}
    public boolean shows() {
        return shows;
    }

    /// {@return the variables of earlier cells that begin anew because of what this cell declares}
    public List<Reset> resets() {
        return resets;
    }

    /// {@return the bytes of the classes as they were when only the snippets before a step were compiled}
    public Map<String, byte[]> classesBefore(int step) {
        return steps.get(step).classesBefore();
    }

    /// {@return the bytes that a class has when a step is about to run}; behind the last step, at the number
    /// of steps, its final ones.
    public byte[] bytesAt(int step, String className) {
        byte[] then = step < steps.size() ? steps.get(step).classesWith().get(className) : null;
        return then == null ? compiled(className).bytes() : then;
    }

    /// {@return whether a class is there, or has been redefined, when a step is about to run}
    public boolean has(int step, String className) {
        return step >= steps.size() || steps.get(step).classesWith().containsKey(className);
    }

    private Compiled compiled(String className) {
        Compiled compiled = classes.get(className);
        if (compiled == null) {
            throw new IllegalArgumentException("no class of this program: " + className);
        }
        return compiled;
    }

    Memory.Snapshot before(int step) {
        return steps.get(step).before();
    }

    /// @param bytes     as javac made them
    /// @param origin    what is to be woven into them
    /// @param declared  whether this cell's code is in it; otherwise it is an earlier cell's, compiled anew
    public record Compiled(byte[] bytes, Origin origin, boolean declared) {}

    /// A variable whose class was replaced, because what it depends on got another shape.
    ///
    /// @param variable  its name
    /// @param oldClass  where its value was
    /// @param newClass  where it is now, unset; empty if it is not declared any more, because it does not compile
    /// @param cause     what changed, such as `class P`
    public record Reset(String variable, String oldClass, Optional<String> newClass, String cause) {}

    /// @param before         JShell's memory when the step's snippet was not compiled yet
    /// @param classesBefore  what was staged then
    /// @param classesWith    what was staged when it was compiled
    record Step(
            String className,
            Memory.Snapshot before,
            Map<String, byte[]> classesBefore,
            Map<String, byte[]> classesWith) {}
}
