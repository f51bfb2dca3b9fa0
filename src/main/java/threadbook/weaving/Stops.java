package threadbook.weaving;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
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
final class Stops implements Pass {
    private static final DynamicCallSiteDesc SITE = DynamicCallSiteDesc.of(
            ConstantDescs.ofCallsiteBootstrap(
                    ClassDesc.of(StopSites.class.getName()), "bootstrap", ConstantDescs.CD_CallSite),
            "stop",
            ConstantDescs.MTD_void);

    @Override
    public ClassTransform of(Origin origin) {
        return ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Sites::new));
    }

    private static final class Sites implements CodeTransform {
        private final Set<Label> behind = new HashSet<>();

        @Override
        public void atStart(CodeBuilder code) {
            code.invokedynamic(SITE);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            boolean backward = switch (element) {
                case BranchInstruction branch -> behind.contains(branch.target());
                case LookupSwitchInstruction choice -> anyBehind(choice.defaultTarget(), choice.cases());
                case TableSwitchInstruction choice -> anyBehind(choice.defaultTarget(), choice.cases());
                default -> false;
            };
            if (element instanceof LabelTarget target) {
                behind.add(target.label());
            }
            if (backward) {
                code.invokedynamic(SITE);
            }
            code.with(element);
        }

        private boolean anyBehind(Label otherwise, List<SwitchCase> cases) {
            return behind.contains(otherwise) || cases.stream().anyMatch(c -> behind.contains(c.target()));
        }
    }
}
