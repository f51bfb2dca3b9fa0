package threadbook.weaving;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import threadbook.runtime.StopSites;

/// A stop site before each backward branch and at the beginning of each method ([StopSites]).
///
/// A method that the site at its beginning would make too large to be inlined has only those of its loops;
/// one that the sites would make too large to be compiled or loaded has none.
final class Stops implements Pass {
    private static final DynamicCallSiteDesc SITE = DynamicCallSiteDesc.of(
            ConstantDescs.ofCallsiteBootstrap(
                    ClassDesc.of(StopSites.class.getName()), "bootstrap", ConstantDescs.CD_CallSite),
            "stop",
            ConstantDescs.MTD_void);

    @Override
    public ClassTransform of(Weaving weaving) {
        return (type, element) -> {
            if (element instanceof MethodModel method && method.code().isPresent()) {
                CodeModel code = method.code().get();
                Sites sites = sites(Limits.size(code), loops(code));
                type.transformMethod(method, MethodTransform.transformingCode(sites));
            } else {
                type.with(element);
            }
        };
    }

    /// {@return how large the code becomes}, if `added` bytes are put into it before
    static int size(CodeModel code, int added) {
        int before = Limits.size(code) + added;
        Sites sites = sites(before, loops(code));
        return before + Operands.SITE * ((sites.inLoops ? loops(code) : 0) + (sites.atBeginning ? 1 : 0));
    }

    private static Sites sites(int before, int loops) {
        int looping = before + Operands.SITE * loops;
        int all = looping + Operands.SITE;
        boolean inLoops = Limits.loadable(looping) && Limits.compiledAlike(before, looping);
        return new Sites(inLoops && Limits.same(looping, all), inLoops);
    }

    private static int loops(CodeModel code) {
        var branches = new Branches();
        int count = 0;
        for (CodeElement element : code) {
            if (branches.backward(element)) {
                count++;
            }
        }
        return count;
    }

    /// Tells backward branches from others, being shown the code in order.
    private static final class Branches {
        private final Set<Label> behind = new HashSet<>();

        boolean backward(CodeElement element) {
            if (element instanceof LabelTarget target) {
                behind.add(target.label());
            }
            return switch (element) {
                case BranchInstruction branch -> behind.contains(branch.target());
                case LookupSwitchInstruction choice -> anyBehind(choice.defaultTarget(), choice.cases());
                case TableSwitchInstruction choice -> anyBehind(choice.defaultTarget(), choice.cases());
                default -> false;
            };
        }

        private boolean anyBehind(Label otherwise, List<SwitchCase> cases) {
            return behind.contains(otherwise) || cases.stream().anyMatch(c -> behind.contains(c.target()));
        }
    }

    private static final class Sites implements CodeTransform {
        private final Branches branches = new Branches();
        private final boolean inLoops;
        private boolean atBeginning;

        Sites(boolean atBeginning, boolean inLoops) {
            this.atBeginning = atBeginning;
            this.inLoops = inLoops;
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            boolean backward = branches.backward(element);
            if (atBeginning && element instanceof Instruction) { // behind the first line number, for stack traces
                atBeginning = false;
                code.invokedynamic(SITE);
            }
            if (inLoops && backward) {
                code.invokedynamic(SITE);
            }
            code.with(element);
        }
    }
}
