package threadbook.weaving;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;
import java.util.HashMap;
import java.util.Map;
import threadbook.runtime.AccessSite;

/// For exploring, a site where a class initialiser begins, and where each turn of a loop begins, and whether the loop
/// changes local variables:
/// one that does not and that changes nothing else waits for another thread.
final class Turns implements Pass {

    @Override
    public ClassTransform of(Weaving weaving) {
        return switch (weaving.depth()) {
            case LOADED, LOCKED -> NOTHING;
            case EXPLORED ->
                (type, element) -> {
                    if (element instanceof MethodModel method && method.code().isPresent()) {
                        type.transformMethod(
                                method,
                                MethodTransform.transformingCode(sites(
                                        begins(method.code().get()),
                                        method.methodName().equalsString("<clinit>"),
                                        weaving.origin().file())));
                    } else {
                        type.with(element);
                    }
                };
        };
    }

    private static CodeTransform sites(Map<Label, Boolean> begins, boolean initialiser, String file) {
        return CodeTransform.ofStateful(() -> {
            int[] line = {-1};
            boolean[] due = {initialiser};
            return (code, element) -> {
                if (element instanceof LineNumber number) {
                    line[0] = number.line();
                }
                if (due[0] && element instanceof Instruction) {
                    due[0] = false;
                    code.invokedynamic(site(AccessSite.INITIALISES, file, line[0]));
                }
                if (element instanceof LabelTarget target && begins.containsKey(target.label())) {
                    // Before the label only who comes from above passes: javac enters all loops so.
                    code.invokedynamic(site(AccessSite.BEGINS, file, line[0]));
                    code.with(element);
                    code.invokedynamic(site(begins.get(target.label()) ? AccessSite.STORES : "", file, line[0]));
                } else {
                    code.with(element);
                }
            };
        });
    }

    private static DynamicCallSiteDesc site(String name, String file, int line) {
        return DynamicCallSiteDesc.of(
                Accesses.BOOTSTRAP, "loop", ConstantDescs.MTD_void, " " + name + "  " + file, line);
    }

    /// {@return the labels where turns begin, and whether such a turn changes a local variable}
    private static Map<Label, Boolean> begins(CodeModel code) {
        var begins = new HashMap<Label, Boolean>();
        var storesBefore = new HashMap<Label, Integer>();
        int stores = 0;
        for (CodeElement element : code) {
            switch (element) {
                case LabelTarget target -> storesBefore.put(target.label(), stores);
                case StoreInstruction _, IncrementInstruction _ -> stores++;
                case BranchInstruction branch
                when storesBefore.containsKey(branch.target()) ->
                    begins.merge(branch.target(), stores != storesBefore.get(branch.target()), Boolean::logicalOr);
                default -> {}
            }
        }
        return begins;
    }
}
