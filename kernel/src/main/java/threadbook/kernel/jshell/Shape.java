package threadbook.kernel.jshell;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything of a class file but the bodies of its methods: what must stay the same for a class that is in
/// use to be redefined in place.
///
/// More than the JVM demands. Generic signatures and constants, because code that was compiled with the old
/// ones would go on with them; the static initialiser, because it would not run again: a changed
/// `static int limit = 5` would not have changed anything.
record Shape(List<String> parts) {

    /// {@return whether two class files differ in nothing but bodies of methods}
    static boolean same(byte[] one, byte[] other) {
        return of(one).equals(of(other));
    }

    /// {@return whether something else than `do_it$` in a variable's wrapper is code: lambdas}
    static boolean hasLambdas(byte[] wrapper) {
        return ClassFile.of().parse(wrapper).methods().stream()
                .map(method -> method.methodName().stringValue())
                .anyMatch(name -> !name.equals("do_it$") && !name.equals(ConstantDescs.INIT_NAME));
    }

    private static Shape of(byte[] bytes) {
        ClassModel type = ClassFile.of().parse(bytes);
        List<String> parts = new ArrayList<>();
        parts.add("%s %s %s".formatted(type.flags().flagsMask(), type.superclass(), type.interfaces()));
        type.findAttribute(Attributes.signature())
                .ifPresent(
                        generic -> parts.add("signature " + generic.signature().stringValue()));
        type.findAttribute(Attributes.nestMembers())
                .ifPresent(nest -> parts.add("nest " + sorted(nest.nestMembers().stream())));
        type.findAttribute(Attributes.record())
                .ifPresent(record ->
                        record.components().forEach(one -> parts.add("component " + one.name() + one.descriptor())));
        type.findAttribute(Attributes.permittedSubclasses())
                .ifPresent(permits -> parts.add("permits " + permits.permittedSubclasses()));
        type.findAttribute(Attributes.innerClasses())
                .ifPresent(inner -> parts.add("inner "
                        + sorted(inner.classes().stream()
                                .filter(one -> ownOf(type, one.innerClass().asInternalName()))
                                .map(one -> one.innerClass() + " " + one.flagsMask()))));
        type.fields().forEach(field -> parts.add(part(field)));
        parts.add("methods " + sorted(type.methods().stream().map(Shape::part)));
        return new Shape(parts);
    }

    /// Of itself and what is nested in it; javac notes every other nested class that the code mentions, too.
    private static boolean ownOf(ClassModel type, String inner) {
        String name = type.thisClass().asInternalName();
        return inner.equals(name) || inner.startsWith(name + "$");
    }

    private static String part(FieldModel field) {
        return "field %s %s %s %s %s"
                .formatted(
                        field.flags().flagsMask(),
                        field.fieldName(),
                        field.fieldType(),
                        field.findAttribute(Attributes.signature())
                                .map(generic -> generic.signature().stringValue()),
                        field.findAttribute(Attributes.constantValue())
                                .map(value -> value.constant().constantValue()));
    }

    private static String part(MethodModel method) {
        return "%s %s %s %s %s %s"
                .formatted(
                        method.flags().flagsMask(),
                        method.methodName(),
                        method.methodType(),
                        method.findAttribute(Attributes.signature())
                                .map(generic -> generic.signature().stringValue()),
                        method.findAttribute(Attributes.exceptions())
                                .map(thrown -> thrown.exceptions().toString()),
                        method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME)
                                ? method.code().map(Shape::instructions).orElse("")
                                : "");
    }

    private static String instructions(CodeModel code) {
        return code.elementStream()
                .filter(Instruction.class::isInstance)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    private static String sorted(Stream<?> parts) {
        return parts.map(Object::toString).sorted().collect(Collectors.joining(", "));
    }
}
