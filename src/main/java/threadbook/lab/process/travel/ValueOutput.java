package threadbook.lab.process.travel;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.List;

/// Writes objects for a process that has the same classes: of a class only its name is written.
///
/// Notes the classes of the objects and the lambdas among them, because their code has to go along.
final class ValueOutput extends ObjectOutputStream {
    private final List<Class<?>> classes = new ArrayList<>();
    private final List<SerializedLambda> lambdas = new ArrayList<>();

    ValueOutput(OutputStream out) throws IOException {
        super(out);
        enableReplaceObject(true);
    }

    @Override
    protected void writeClassDescriptor(ObjectStreamClass described) throws IOException {
        writeUTF(described.getName());
        classes.add(described.forClass());
    }

    @Override
    protected Object replaceObject(Object object) {
        if (object instanceof SerializedLambda lambda) {
            lambdas.add(lambda);
        }
        return object;
    }

    /// {@return the classes that were written since the last call}
    List<Class<?>> takeClasses() {
        List<Class<?>> taken = List.copyOf(classes);
        classes.clear();
        return taken;
    }

    /// {@return the lambdas that were written since the last call}
    List<SerializedLambda> takeLambdas() {
        List<SerializedLambda> taken = List.copyOf(lambdas);
        lambdas.clear();
        return taken;
    }
}
