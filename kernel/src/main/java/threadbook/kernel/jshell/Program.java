package threadbook.kernel.jshell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import threadbook.weaving.Origin;

/// A cell that compiled, ready to be run step by step.
public final class Program {
    private final List<Step> steps;
    private final Map<String, Compiled> classes;
    private final boolean shows;

    Program(List<Step> steps, Map<String, Compiled> classes, boolean shows) {
        this.steps = List.copyOf(steps);
        this.classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
        this.shows = shows;
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

    /// {@return the bytes of the classes as they were when only the snippets before a step were compiled}
    public Map<String, byte[]> classesBefore(int step) {
        return steps.get(step).classesBefore();
    }

    Memory.Snapshot before(int step) {
        return steps.get(step).before();
    }

    /// @param bytes   as javac made them
    /// @param origin  what is to be woven into them
    public record Compiled(byte[] bytes, Origin origin) {}

    /// @param before         JShell's memory when the step's snippet was not compiled yet
    /// @param classesBefore  what was staged then
    record Step(String className, Memory.Snapshot before, Map<String, byte[]> classesBefore) {}
}
