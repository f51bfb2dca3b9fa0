package threadbook.kernel.jshell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/// Which variables of earlier cells a cell makes begin anew, because something that they depend on got another
/// shape: JShell gives them a new class, and there they are unset.
final class Resets {
    private final JShell shell;
    private final Declared declared;
    private final Map<Snippet, String> before;
    private final Map<Snippet, String> causes = new LinkedHashMap<>();

    Resets(JShell shell, Declared declared) {
        this.shell = shell;
        this.declared = declared;
        before = declared.inForce()
                .filter(VarSnippet.class::isInstance)
                .collect(Collectors.toMap(variable -> variable, declared::wrapper));
    }

    void add(List<SnippetEvent> events) {
        for (SnippetEvent event : events) {
            String oldClass = before.get(event.snippet());
            if (oldClass != null
                    && event.causeSnippet() != null
                    && event.status().isActive()) {
                causes.putIfAbsent(event.snippet(), cause(event.causeSnippet()));
            }
        }
    }

    /// {@return those that no later snippet of the cell has declared again}
    List<Program.Reset> left() {
        List<Program.Reset> left = new ArrayList<>();
        causes.forEach((snippet, cause) -> {
            String oldClass = before.get(snippet);
            if (oldClass != null && shell.status(snippet).isActive()) {
                Optional<String> now =
                        shell.status(snippet).isDefined() ? Optional.of(declared.wrapper(snippet)) : Optional.empty();
                if (!now.equals(Optional.of(oldClass))) {
                    left.add(new Program.Reset(((VarSnippet) snippet).name(), oldClass, now, cause));
                }
            }
        });
        return left;
    }

    private static String cause(Snippet snippet) {
        return switch (snippet) {
            case TypeDeclSnippet type -> kind(type) + " " + type.name();
            case MethodSnippet method -> "method " + method.name() + "()";
            case VarSnippet variable -> "variable " + variable.name();
            case ImportSnippet anImport -> "import " + anImport.name();
            default -> snippet.source();
        };
    }

    private static String kind(TypeDeclSnippet type) {
        return switch (type.subKind()) {
            case INTERFACE_SUBKIND -> "interface";
            case ENUM_SUBKIND -> "enum";
            case RECORD_SUBKIND -> "record";
            case ANNOTATION_TYPE_SUBKIND -> "annotation";
            default -> "class";
        };
    }
}
