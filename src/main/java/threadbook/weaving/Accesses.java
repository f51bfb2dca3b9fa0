package threadbook.weaving;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSites;

/// An access site before whatever another thread could see ([AccessSites]): [AccessFinder] says what.
///
/// A method that the sites would make so large that the JIT treats it in another way gets none, unless the
/// class is woven for exploring.
final class Accesses implements Pass {
    private static final DirectMethodHandleDesc BOOTSTRAP = ConstantDescs.ofCallsiteBootstrap(
            ClassDesc.of(AccessSites.class.getName()),
            "bootstrap",
            ConstantDescs.CD_CallSite,
            ConstantDescs.CD_String,
            ConstantDescs.CD_int);
    private static final MethodTypeDesc SAME = MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object);

    @Override
    public ClassTransform of(Weaving weaving) {
        return (type, element) -> {
            if (element instanceof MethodModel method && method.code().isPresent()) {
                List<@Nullable Access> accesses =
                        accesses(weaving, method, method.code().get());
                type.transformMethod(
                        method, MethodTransform.transformingCode(CodeTransform.ofStateful(() -> new Sites(accesses))));
            } else {
                type.with(element);
            }
        };
    }

    /// {@return for each element of the code, in order, what it does that is to get a site}; empty for none
    private static List<@Nullable Access> accesses(Weaving weaving, MethodModel method, CodeModel code) {
        var finder = new AccessFinder(weaving, method);
        var accesses = new ArrayList<@Nullable Access>();
        for (CodeElement element : code) {
            accesses.add(finder.access(element));
        }
        int sites = accesses.stream()
                .mapToInt(access -> access == null ? 0 : access.size())
                .sum();
        int size = Limits.size(code) + Stops.size(code);
        boolean fits = switch (weaving.depth()) {
            case LOADED -> Limits.same(size, size + sites);
            case EXPLORED -> Limits.loadable(size + sites);
        };
        if (sites > 0 && !fits) {
            weaving.spared()
                    .add(method.methodName().stringValue() + method.methodType().stringValue());
            accesses.clear();
        }
        return accesses;
    }

    private static final class Sites implements CodeTransform {
        private final List<@Nullable Access> accesses;
        private int next;

        Sites(List<@Nullable Access> accesses) {
            this.accesses = accesses;
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            Access access = accesses.isEmpty() ? null : accesses.get(next++);
            switch (access) {
                case null -> {}
                case Access.Before(var kind, var member, var line, var operands) -> {
                    operands.before().accept(code);
                    code.invokedynamic(site(kind, operands.type(), member, line));
                    operands.after().accept(code);
                }
                // What the site returns is locked, and is what monitorexit will find in the variable.
                case Access.Enter(var variable, var line) ->
                    code.invokedynamic(site("enter", SAME, Access.MONITOR, line))
                            .dup()
                            .astore(variable);
            }
            code.with(element);
        }

        private static DynamicCallSiteDesc site(String kind, MethodTypeDesc type, String member, int line) {
            return DynamicCallSiteDesc.of(BOOTSTRAP, kind, type, member, line);
        }
    }
}
