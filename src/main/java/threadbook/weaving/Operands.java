package threadbook.weaving;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;

/// How a site before an instruction is handed the object that lies on the stack below other operands.
///
/// Only moves what is on the stack, which is free once compiled, and leaves it as it was.
///
/// @param type    of the site
/// @param size    in bytes, that of the site included
/// @param before  puts the site's arguments on top
/// @param after   restores the order of the stack
record Operands(MethodTypeDesc type, int size, Consumer<CodeBuilder> before, Consumer<CodeBuilder> after) {
    static final int SITE = 5; // bytes of an invokedynamic

    private static final MethodTypeDesc NOTHING = ConstantDescs.MTD_void;
    static final MethodTypeDesc OBJECT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object);
    private static final MethodTypeDesc ELEMENT = OBJECT.insertParameterTypes(1, ConstantDescs.CD_int);

    /// Nothing: static fields and methods, constructors.
    static final Operands NONE = new Operands(NOTHING, SITE, _ -> {}, _ -> {});

    private static final Operands TOP = new Operands(OBJECT, 1 + SITE, CodeBuilder::dup, _ -> {});
    private static final Operands BELOW_ONE =
            new Operands(OBJECT, 2 + SITE, code -> code.dup2().pop(), _ -> {});
    private static final Operands BELOW_TWO =
            new Operands(OBJECT, 3 + SITE, code -> code.dup2_x1().pop2().dup_x2(), _ -> {});
    private static final Operands ARRAY = new Operands(ELEMENT, 1 + SITE, CodeBuilder::dup2, _ -> {});
    private static final Operands ARRAY_BELOW_ONE = new Operands(
            ELEMENT,
            5 + SITE,
            code -> code.dup_x2().pop().dup2(),
            code -> code.dup2_x1().pop2());
    private static final Operands ARRAY_BELOW_TWO = new Operands(
            ELEMENT,
            5 + SITE,
            code -> code.dup2_x2().pop2().dup2(),
            code -> code.dup2_x2().pop2());

    /// An object below a value or a method's arguments.
    static Operands below(List<TypeKind> above) {
        return switch (words(above)) {
            case 0 -> TOP;
            case 1 -> BELOW_ONE;
            case 2 -> BELOW_TWO;
            default -> belowMany(above);
        };
    }

    /// An array and an index, below a value if one is to be stored.
    static Operands element(List<TypeKind> above) {
        return switch (words(above)) {
            case 0 -> ARRAY;
            case 1 -> ARRAY_BELOW_ONE;
            default -> ARRAY_BELOW_TWO;
        };
    }

    private static int words(List<TypeKind> kinds) {
        return kinds.stream().mapToInt(TypeKind::slotSize).sum();
    }

    /// More than the stack instructions can reach: by way of local variables.
    private static Operands belowMany(List<TypeKind> above) {
        int[] locals = new int[above.size()];
        Consumer<CodeBuilder> before = code -> {
            for (int i = locals.length - 1; i >= 0; i--) {
                locals[i] = code.allocateLocal(above.get(i));
                code.storeLocal(above.get(i), locals[i]);
            }
            code.dup();
        };
        Consumer<CodeBuilder> after = code -> {
            for (int i = 0; i < locals.length; i++) {
                code.loadLocal(above.get(i), locals[i]);
            }
        };
        return new Operands(OBJECT, 1 + SITE + 4 * locals.length, before, after);
    }
}
