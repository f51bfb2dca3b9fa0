package threadbook.kernel.jshell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import jdk.jshell.spi.ExecutionControl;

/// What JShell takes for the machine that runs its classes: it only writes down what is asked of it.
///
/// Used on the thread `jshell` alone. So a cell whose last snippet does not compile has touched
/// nothing, and a class that a later snippet of the same cell completes is simply replaced here.
final class Staging implements ExecutionControl {
    private final BooleanSupplier redefines;
    private final Map<String, byte[]> inUse = new HashMap<>(); // what was handed over, as it is or will be
    private final Set<String> refused = new HashSet<>();
    private Map<String, byte[]> classes = new LinkedHashMap<>();
    private List<String> invocations = new ArrayList<>();

    /// What was staged at one moment.
    record Mark(Map<String, byte[]> classes, List<String> invocations) {}

    /// @param redefines  whether classes that are in use can be given new bodies
    Staging(BooleanSupplier redefines) {
        this.redefines = redefines;
    }

    @Override
    public void load(ClassBytecodes[] loaded) {
        for (ClassBytecodes one : loaded) {
            classes.put(one.name(), one.bytecodes());
        }
    }

    /// Refused for a class that may be in use already and would get another shape: JShell then makes a new
    /// one under a new name.
    @Override
    public void redefine(ClassBytecodes[] redefined) throws ClassInstallException {
        for (ClassBytecodes one : redefined) {
            if (refused.contains(CellClassName.outermost(one.name())) || !fits(one.name(), one.bytecodes())) {
                throw new ClassInstallException("may be in use", new boolean[redefined.length]);
            }
        }
        load(redefined);
    }

    private boolean fits(String name, byte[] bytes) {
        byte[] used = inUse.get(name);
        return used == null ? classes.containsKey(name) : redefines.getAsBoolean() && Shape.same(used, bytes);
    }

    @Override
    public String invoke(String className, String methodName) {
        invocations.add(className);
        return "";
    }

    /// {@return the classes staged so far, by name}
    Map<String, byte[]> classes() {
        return new LinkedHashMap<>(classes);
    }

    /// {@return the classes whose snippets are to be run, in order}
    List<String> invocations() {
        return List.copyOf(invocations);
    }

    Mark mark() {
        return new Mark(classes(), invocations());
    }

    /// {@return whether classes of a wrapper, its own or those nested in it, were staged since}
    boolean stagedSince(Mark mark, String wrapper) {
        return classes.entrySet().stream()
                .filter(one -> CellClassName.outermost(one.getKey()).equals(wrapper))
                .anyMatch(one -> mark.classes.get(one.getKey()) != one.getValue());
    }

    /// Puts back what was staged at a mark. From now on the wrappers are not to be redefined, but new ones made.
    void restore(Mark mark, Collection<String> wrappers) {
        classes = new LinkedHashMap<>(mark.classes);
        invocations = new ArrayList<>(mark.invocations);
        refused.addAll(wrappers);
    }

    void refuseNone() {
        refused.clear();
    }

    /// {@return whether a cell before this one brought the class}
    boolean inUse(String className) {
        return inUse.containsKey(className);
    }

    /// {@return the classes of a wrapper as cells before this one brought them}
    Map<String, byte[]> inUseOf(String wrapper) {
        Map<String, byte[]> found = new HashMap<>(inUse);
        found.keySet().removeIf(name -> !CellClassName.outermost(name).equals(wrapper));
        return found;
    }

    /// {@return the classes of a wrapper as they are after what was staged}
    Map<String, byte[]> classesOf(String wrapper) {
        Map<String, byte[]> found = inUseOf(wrapper);
        classes.forEach((name, bytes) -> {
            if (CellClassName.outermost(name).equals(wrapper)) {
                found.put(name, bytes);
            }
        });
        return found;
    }

    /// Stages the classes of a wrapper again, as they are: the same code now stands in another cell. Those that
    /// an earlier piece of this cell has changed are as it made them.
    void stageAgain(String wrapper) {
        if (redefines.getAsBoolean()) {
            inUseOf(wrapper).forEach(classes::putIfAbsent);
        }
    }

    /// {@return whether classes of earlier cells were redefined since}
    boolean redefinesSince(Mark mark) {
        return classes.keySet().stream().anyMatch(name -> inUse.containsKey(name) && !mark.classes.containsKey(name));
    }

    /// Takes back redefinitions since a mark that JShell gave up after all.
    ///
    /// @param current  the wrappers that snippets are in now
    void keepOnly(Mark mark, Set<String> current) {
        classes.entrySet()
                .removeIf(one -> inUse.containsKey(one.getKey())
                        && !mark.classes.containsKey(one.getKey())
                        && !current.contains(CellClassName.outermost(one.getKey())));
    }

    /// Begins anew: what was staged is forgotten.
    void forget() {
        classes = new LinkedHashMap<>();
        invocations = new ArrayList<>();
    }

    /// Begins anew: what was staged belongs to the cell that runs it.
    void handOver() {
        inUse.putAll(classes);
        forget();
    }

    /// Learns what became of classes that were handed over.
    ///
    /// @param names  of all of them
    /// @param kept   those that are known still, as they are now
    void takeBack(Collection<String> names, Map<String, byte[]> kept) {
        inUse.keySet().removeAll(names);
        inUse.putAll(kept);
    }

    @Override
    public String varValue(String className, String name) {
        return "";
    }

    @Override
    public void addToClasspath(String path) {
        // what cells load is the session's to say
    }

    @Override
    public Object extensionCommand(String command, Object argument) {
        throw new UnsupportedOperationException(command);
    }

    @Override
    public void stop() {
        // nothing runs here
    }

    @Override
    public void close() {
        // nothing to free
    }
}
