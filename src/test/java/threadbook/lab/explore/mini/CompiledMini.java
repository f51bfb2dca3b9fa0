package threadbook.lab.explore.mini;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import threadbook.lab.explore.engine.Program;
import threadbook.weaving.Depth;
import threadbook.weaving.Origin;
import threadbook.weaving.Weaver;

/// Java sources, compiled in one go, each loaded woven by a loader of its own.
final class CompiledMini {
    private final Map<String, byte[]> classes = new HashMap<>();

    /// @param sources  by the simple name of the class
    CompiledMini(Map<String, String> sources) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var units = new ArrayList<JavaFileObject>();
        sources.forEach((name, text) -> units.add(new Source(name, text)));
        var problems = new java.io.StringWriter();
        try (var files = new Memory(compiler.getStandardFileManager(null, null, null))) {
            var options = List.of("-proc:none", "-nowarn", "-g", "-cp", System.getProperty("java.class.path"));
            if (!compiler.getTask(problems, files, null, options, null, units).call()) {
                throw new IllegalStateException(problems.toString());
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// {@return the program of a class, in a loader that nobody else uses}
    Program program(String name) throws ReflectiveOperationException {
        Class<?> type = new Loader().loadClass(JavaText.PACKAGE + "." + name);
        return (Program) type.getMethod("program").invoke(null);
    }

    private final class Loader extends ClassLoader {
        private final Weaver weaver = new Weaver(classes::get, CompiledMini.class.getClassLoader());

        Loader() {
            super(CompiledMini.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] original = classes.get(name);
            if (original == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] woven = weaver.weave(original, new Origin(name, line -> line, Set.of(), Set.of()), Depth.EXPLORED)
                    .bytes();
            return defineClass(name, woven, 0, woven.length);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///%s/%s.java".formatted(JavaText.PACKAGE.replace('.', '/'), name)), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(name, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
