package threadbook.lab.process.travel;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/// Reads what [ValueOutput] has written, as objects of this process's classes.
final class ValueInput extends ObjectInputStream {
    private final ClassLoader loader;

    /// @param loader  has the classes
    ValueInput(InputStream in, ClassLoader loader) throws IOException {
        super(in);
        this.loader = loader;
    }

    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
        return ObjectStreamClass.lookupAny(named(readUTF()));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described) throws ClassNotFoundException {
        return named(described.getName());
    }

    private Class<?> named(String name) throws ClassNotFoundException {
        Class<?> primitive = Class.forPrimitiveName(name);
        return primitive == null ? Class.forName(name, false, loader) : primitive;
    }
}
