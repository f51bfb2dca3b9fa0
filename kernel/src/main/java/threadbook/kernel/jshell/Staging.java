package threadbook.kernel.jshell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jshell.spi.ExecutionControl;

/// What JShell takes for the machine that runs its classes: it only writes down what is asked of it.
///
/// Used on the thread `jshell` alone. So a cell whose last snippet does not compile has touched
/// nothing, and a class that a later snippet of the same cell completes is simply replaced here.
final class Staging implements ExecutionControl {
    private Map<String, byte[]> classes = new LinkedHashMap<>();
    private List<String> invocations = new ArrayList<>();
    private final Set<String> handedOver = new HashSet<>();

    @Override
    public void load(ClassBytecodes[] loaded) {
        for (ClassBytecodes one : loaded) {
            classes.put(one.name(), one.bytecodes());
        }
    }

    /// Refused for a class that may be in use already: JShell then makes a new one under a new name.
    @Override
    public void redefine(ClassBytecodes[] redefined) throws ClassInstallException {
        for (ClassBytecodes one : redefined) {
            if (!classes.containsKey(one.name()) || handedOver.contains(one.name())) {
                throw new ClassInstallException("may be in use", new boolean[redefined.length]);
            }
        }
        load(redefined);
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

    /// Begins anew: what was staged is forgotten.
    void forget() {
        classes = new LinkedHashMap<>();
        invocations = new ArrayList<>();
    }

    /// Begins anew: what was staged belongs to the cell that runs it.
    void handOver() {
        handedOver.addAll(classes.keySet());
        forget();
    }

    /// Takes back names of classes that were handed over but never loaded.
    void takeBack(Collection<String> names) {
        handedOver.removeAll(names);
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
