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
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSites;

/// An access site before whatever another thread could see ([AccessSites]): [AccessFinder] says what.
///
/// A method that the sites would make so large that the JIT treats it in another way gets none, unless the
/// class is woven for exploring.
final class Accesses implements Pass {
    static final DirectMethodHandleDesc BOOTSTRAP = ConstantDescs.ofCallsiteBootstrap(
            ClassDesc.of(AccessSites.class.getName()),
            "bootstrap",
            ConstantDescs.CD_CallSite,
            ConstantDescs.CD_String,
            ConstantDescs.CD_int);
    private static final MethodTypeDesc SAME = MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object);

    /// @param found    for each element of the code, in order, what it does that is to get a site
    /// @param targets  where the code can come from elsewhere
    /// @param file     the name of the source
    private record Plan(List<@Nullable Access> found, Set<Label> targets, String file) {}

    @Override
    public ClassTransform of(Weaving weaving) {
        return (type, element) -> {
            if (element instanceof MethodModel method && method.code().isPresent()) {
                plan(weaving, method, method.code().get())
                        .ifPresentOrElse(
                                plan -> type.transformMethod(method, MethodTransform.transformingCode(new Sites(plan))),
                                () -> type.with(method));
            } else {
                type.with(element);
            }
        };
    }

    /// {@return what is to be done; empty for nothing}
    private static Optional<Plan> plan(Weaving weaving, MethodModel method, CodeModel code) {
        var finder = new AccessFinder(weaving, method);
        var found = new ArrayList<@Nullable Access>();
        var targets = new HashSet<Label>();
        int sites = 0;
        for (CodeElement element : code) {
            Access access = finder.access(element);
            found.add(access);
            sites += access == null ? 0 : access.size();
            addTargets(element, targets);
        }
        if (sites == 0) {
            return Optional.empty();
        }
        int without = Stops.size(code, 0);
        int with = Stops.size(code, sites);
        boolean fits = switch (weaving.depth()) {
            case LOADED, LOCKED -> Limits.same(without, with);
            case EXPLORED -> Limits.loadable(with);
        };
        if (!fits) {
            weaving.spare(method);
            return Optional.empty();
        }
        return Optional.of(new Plan(found, targets, weaving.origin().file()));
    }

    private static void addTargets(CodeElement element, Set<Label> targets) {
        switch (element) {
            case BranchInstruction branch -> targets.add(branch.target());
            case LookupSwitchInstruction choice -> {
                targets.add(choice.defaultTarget());
                choice.cases().forEach(each -> targets.add(each.target()));
            }
            case TableSwitchInstruction choice -> {
                targets.add(choice.defaultTarget());
                choice.cases().forEach(each -> targets.add(each.target()));
            }
            case ExceptionCatch handler -> targets.add(handler.handler());
            default -> {}
        }
    }

    private static final class Sites implements CodeTransform {
        private final Plan plan;
        private int next;
        private Access.@Nullable Left left; // its site is due

        Sites(Plan plan) {
            this.plan = plan;
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (left != null
                    && (element instanceof Instruction
                            || element instanceof LabelTarget target && plan.targets.contains(target.label()))) {
                code.aload(left.variable()).invokedynamic(site("exit", Operands.OBJECT, Access.MONITOR, left.line()));
                left = null;
            }
            switch (plan.found.get(next++)) {
                case null -> code.with(element);
                case Access.Before(var kind, var member, var line, var operands) -> {
                    operands.before().accept(code);
                    code.invokedynamic(site(kind, operands.type(), member, line));
                    operands.after().accept(code);
                    code.with(element);
                }
                // What the site returns is locked, and is what monitorexit will find in the variable.
                case Access.Enter(var variable, var line) ->
                    code.invokedynamic(site("enter", SAME, Access.MONITOR, line))
                            .dup()
                            .astore(variable)
                            .with(element);
                case Access.Left one -> {
                    code.with(element);
                    left = one;
                }
            }
        }

        private DynamicCallSiteDesc site(String kind, MethodTypeDesc type, String member, int line) {
            return DynamicCallSiteDesc.of(BOOTSTRAP, kind, type, member + " " + plan.file, line);
        }
    }
}
