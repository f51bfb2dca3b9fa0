package threadbook.weaving;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.LineNumber;

/// Source file and line numbers as the author of the class sees them.
final class Lines implements Pass {

    @Override
    public ClassTransform of(Weaving weaving) {
        CodeTransform lines = (code, element) -> code.with(
                element instanceof LineNumber number
                        ? LineNumber.of(weaving.origin().line().applyAsInt(number.line()))
                        : element);
        ClassTransform file = ClassTransform.dropping(SourceFileAttribute.class::isInstance)
                .andThen(ClassTransform.endHandler(type ->
                        type.with(SourceFileAttribute.of(weaving.origin().file()))));
        return ClassTransform.transformingMethodBodies(lines).andThen(file);
    }
}
