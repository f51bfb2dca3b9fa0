package threadbook.kernel.jshell;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/// The top-level variables that were declared `final`, which JShell forgets. Used on the thread `jshell` alone.
///
/// In the class file that javac reads when it compiles what comes after, the variable is made final
/// ([Memory#seal]), so javac itself finds every assignment, says it in its words and knows what shadows the
/// name. Two things javac cannot see: what is compiled in one go with the declaration, because it used the
/// name before; and code of earlier cells where a variable becomes final. Their bytes tell ([#assigning]).
///
/// The field that is loaded is not final, as reflection shows: JShell assigns it in a method.
final class FinalVariables {
    private final Declared declared;
    private final Staging staging;
    private final Memory memory;
    private final Set<VarSnippet> all = Collections.newSetFromMap(new WeakHashMap<>());

    FinalVariables(Declared declared, Staging staging, Memory memory) {
        this.declared = declared;
        this.staging = staging;
        this.memory = memory;
    }

    /// {@return whether a snippet declares a final variable}
    boolean declares(Snippet snippet) {
        return snippet instanceof VarSnippet && declared.has(snippet, Modifiers.Modifier.FINAL);
    }

    void add(VarSnippet variable) {
        all.add(variable);
    }

    /// Makes all of them final for javac.
    ///
    /// @param open  those that may still be assigned: without a value, in the cell that declares them
    void seal(Set<Snippet> open) {
        if (!all.isEmpty()) {
            declared.inForce()
                    .filter(all::contains)
                    .filter(variable -> !open.contains(variable))
                    .forEach(variable -> memory.seal(declared.wrapper(variable), variable.name()));
        }
    }

    /// {@return a declaration whose code assigns the variable}
    Optional<DeclarationSnippet> assigning(VarSnippet variable) {
        String wrapper = declared.wrapper(variable);
        return declared.inForce()
                .filter(user -> user != variable && user.source().contains(variable.name()))
                .filter(user -> assigns(declared.wrapper(user), wrapper, variable.name()))
                .findFirst();
    }

    private boolean assigns(String user, String wrapper, String variable) {
        Map<String, byte[]> classes = staging.classesOf(user);
        return classes.values().stream().anyMatch(bytes -> Finals.assigns(bytes, wrapper, variable));
    }

    /// {@return whether a final variable of this name is in force}
    boolean isName(String name) {
        return !all.isEmpty()
                && declared.inForce()
                        .filter(all::contains)
                        .anyMatch(variable -> variable.name().equals(name));
    }
}
