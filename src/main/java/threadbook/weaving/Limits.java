package threadbook.weaving;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;

/// Sizes of a method's code, in bytes, beyond which HotSpot treats it in another way.
final class Limits {
    /// `FreqInlineSize`: no longer inlined into its callers, which made loops slower by a factor of 1.6 to 2.6.
    private static final int INLINED = 325;

    /// `HugeMethodLimit`: never compiled.
    private static final int COMPILED = 8000;

    /// The class file's own limit is 65535; what is left is for jumps that have become long.
    private static final int LOADABLE = 60_000;

    private Limits() {}

    /// {@return the size as it is now}
    static int size(CodeModel code) {
        int size = 0;
        for (CodeElement element : code) {
            if (element instanceof Instruction instruction) {
                size += instruction.sizeInBytes();
            }
        }
        return size;
    }

    /// {@return whether a method that grows so is still treated in the same way}
    static boolean same(int before, int after) {
        return inlinedAlike(before, after) && compiledAlike(before, after) && loadable(after);
    }

    /// {@return whether a method that grows so is still compiled if it was}
    static boolean compiledAlike(int before, int after) {
        return before > COMPILED || after <= COMPILED;
    }

    static boolean loadable(int size) {
        return size <= LOADABLE;
    }

    private static boolean inlinedAlike(int before, int after) {
        return before > INLINED || after <= INLINED;
    }
}
