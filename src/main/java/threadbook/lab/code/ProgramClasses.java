package threadbook.lab.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The class files of a program, parsed when first asked for. Used by one thread.
final class ProgramClasses {
    private final ClassLoader program;
    private final Map<String, Optional<ClassModel>> models = new HashMap<>(); // empty: none of the program's

    /// @param program  hands out the bytes of the classes that it defines
    ProgramClasses(ClassLoader program) {
        this.program = program;
    }

    /// {@return the class file}, empty for a class that the program's loader does not define
    ///
    /// @param name  as in `REPL/$JShell$12`
    Optional<ClassModel> model(String name) {
        Optional<ClassModel> known = models.get(name);
        if (known == null) {
            known = isOfProgram(name) ? Optional.of(bytes(name)) : Optional.empty();
            models.put(name, known);
        }
        return known;
    }

    private boolean isOfProgram(String name) {
        try {
            return !name.startsWith("[")
                    && Class.forName(name.replace('/', '.'), false, program).getClassLoader() == program;
        } catch (ClassNotFoundException | LinkageError _) {
            return false; // code that names it would fail
        }
    }

    private ClassModel bytes(String name) {
        try (InputStream bytes = program.getResourceAsStream(name + ".class")) {
            if (bytes == null) {
                throw new IllegalStateException("the loader of " + name + " does not hand out its bytes");
            }
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the bytes of " + name + " cannot be read", e);
        }
    }
}
