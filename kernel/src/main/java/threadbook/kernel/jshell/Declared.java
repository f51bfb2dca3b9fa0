package threadbook.kernel.jshell;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import threadbook.weaving.Origin;

/// Which snippet stands where in which cell. JShell may compile a snippet again long after its cell, when
/// something it uses is redeclared: its new class still comes from the old cell.
final class Declared {
    private final JShell shell;
    private final Map<Snippet, Place> places = new WeakHashMap<>();

    private record Place(Cell cell, Piece piece) {}

    /// @param file  its name in stack traces
    record Cell(String file, String code) {}

    Declared(JShell shell) {
        this.shell = shell;
    }

    void add(Snippet snippet, Cell cell, Piece piece) {
        places.put(snippet, new Place(cell, piece));
    }

    /// {@return the declarations in force that have a class: variables, methods and types}
    Stream<DeclarationSnippet> inForce() {
        return shell.snippets()
                .filter(snippet -> snippet instanceof DeclarationSnippet && !(snippet instanceof ImportSnippet))
                .filter(snippet -> shell.status(snippet).isActive())
                .map(DeclarationSnippet.class::cast);
    }

    /// {@return the names of the types that are in force}
    Set<String> types() {
        return inForce()
                .filter(TypeDeclSnippet.class::isInstance)
                .map(DeclarationSnippet::name)
                .collect(Collectors.toSet());
    }

    /// {@return the class that is wrapped around a snippet at this moment}
    String wrapper(Snippet snippet) {
        return shell.sourceCodeAnalysis().wrapper(snippet).fullClassName();
    }

    /// {@return whether a modifier that JShell drops was written before the snippet}
    boolean has(Snippet snippet, Modifiers.Modifier modifier) {
        Place place = places.get(snippet);
        return place != null && place.piece.modifiers().written().contains(modifier);
    }

    /// {@return the name in stack traces of the cell that a snippet stands in}
    Optional<String> file(Snippet snippet) {
        return Optional.ofNullable(places.get(snippet)).map(place -> place.cell.file());
    }

    /// Adds the class that the snippet is in now.
    void origin(Snippet snippet, Map<String, Origin> byClass) {
        Place place = places.get(snippet);
        if (place != null && !snippet.kind().equals(Snippet.Kind.IMPORT)) {
            SnippetWrapper wrapper = shell.sourceCodeAnalysis().wrapper(snippet);
            byClass.put(
                    wrapper.fullClassName(),
                    new Origin(
                            place.cell.file(),
                            new LineMap(wrapper, place.cell.code(), place.piece.start()),
                            snippet instanceof VarSnippet variable && has(snippet, Modifiers.Modifier.VOLATILE)
                                    ? Set.of(variable.name())
                                    : Set.of(),
                            snippet instanceof MethodSnippet method && has(snippet, Modifiers.Modifier.SYNCHRONIZED)
                                    ? Set.of(method.name())
                                    : Set.of()));
        }
    }
}
