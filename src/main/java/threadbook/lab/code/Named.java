package threadbook.lab.code;

import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The classes of a program that some of its classes name, and those that these name, and so on. Used by one thread.
public final class Named {
    private static final Pattern TYPE = Pattern.compile("L([^;<(]+)[;<]"); // in a descriptor or a signature

    private final ProgramClasses classes;
    private final Set<String> names = new LinkedHashSet<>();
    private final ArrayDeque<String> next = new ArrayDeque<>();

    /// @param program  the loader of the program's classes, which hands out their bytes
    public Named(ClassLoader program) {
        classes = new ProgramClasses(program);
    }

    /// Follows the names from a class; does nothing for one that is none of the program's.
    ///
    /// @param name  as in `REPL/$JShell$12`
    public void from(String name) {
        visit(name);
        while (!next.isEmpty()) {
            classes.model(next.poll()).orElseThrow().constantPool().forEach(this::read);
        }
    }

    private void read(PoolEntry entry) {
        if (entry instanceof ClassEntry type) {
            visit(type.asInternalName());
        }
        if (entry instanceof Utf8Entry text && text.stringValue().indexOf(';') > 0) { // may be a type
            Matcher type = TYPE.matcher(text.stringValue());
            while (type.find()) {
                visit(type.group(1));
            }
        }
    }

    private void visit(String name) {
        String element = name.startsWith("[") ? name.replaceAll("^\\[+L?|;$", "") : name;
        if (!names.contains(element) && classes.model(element).isPresent()) {
            names.add(element);
            next.add(element);
        }
    }

    /// {@return the names, as in `REPL/$JShell$12`}
    public Set<String> names() {
        return names;
    }
}
