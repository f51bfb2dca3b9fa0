package threadbook.kernel.jshell;

import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
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
                            snippet instanceof VarSnippet variable
                                    ? names(place, Modifiers.Modifier.VOLATILE, variable.name())
                                    : Set.of(),
                            snippet instanceof MethodSnippet method
                                    ? names(place, Modifiers.Modifier.SYNCHRONIZED, method.name())
                                    : Set.of()));
        }
    }

    private static Set<String> names(Place place, Modifiers.Modifier modifier, String name) {
        return place.piece.modifiers().written().contains(modifier) ? Set.of(name) : Set.of();
    }
}
