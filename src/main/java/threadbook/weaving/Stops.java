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
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.StopSites;

/// A stop site at the beginning of each method and of each turn of a loop ([StopSites]).
///
/// At the beginning of a turn, because that is where a compiled loop goes on when it is left: a loop that
/// waits for a plain field must not read it once more before it is stopped. Before the `try` that begins
/// there, because a loop or a method that catches everything must not catch what ends it and begin anew.
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
                Places places = places(code, Limits.size(code));
                type.transformMethod(method, MethodTransform.transformingCode(new Sites(places, firstLine(code))));
            } else {
                type.with(element);
            }
        };
    }

    /// {@return how large the code becomes}, if `added` bytes are put into it before
    static int size(CodeModel code, int added) {
        int before = Limits.size(code) + added;
        return before + Operands.SITE * places(code, before).count();
    }

    private static Places places(CodeModel code, int before) {
        Set<Label> turns = turns(code);
        int looping = before + Operands.SITE * turns.size();
        if (!Limits.loadable(looping) || !Limits.compiledAlike(before, looping)) {
            return new Places(false, Set.of());
        }
        return new Places(Limits.same(looping, looping + Operands.SITE), turns);
    }

    /// {@return where turns of loops begin: the targets of all backward branches}
    private static Set<Label> turns(CodeModel code) {
        var behind = new HashSet<Label>();
        var turns = new HashSet<Label>();
        for (CodeElement element : code) {
            if (element instanceof LabelTarget target) {
                behind.add(target.label());
            }
            targets(element).filter(behind::contains).forEach(turns::add);
        }
        return turns;
    }

    private static Stream<Label> targets(CodeElement element) {
        return switch (element) {
            case BranchInstruction branch -> Stream.of(branch.target());
            case LookupSwitchInstruction choice -> targets(choice.defaultTarget(), choice.cases());
            case TableSwitchInstruction choice -> targets(choice.defaultTarget(), choice.cases());
            default -> Stream.empty();
        };
    }

    private static Stream<Label> targets(Label otherwise, List<SwitchCase> cases) {
        return Stream.concat(Stream.of(otherwise), cases.stream().map(SwitchCase::target));
    }

    /// {@return the number of the method's first line; 0 where the class file does not tell}
    private static int firstLine(CodeModel code) {
        return code.elementStream()
                .mapToInt(element -> element instanceof LineNumber number ? number.line() : 0)
                .filter(line -> line > 0)
                .findFirst()
                .orElse(0);
    }

    private record Places(boolean atBeginning, Set<Label> turns) {
        int count() {
            return turns.size() + (atBeginning ? 1 : 0);
        }
    }

    private static final class Sites implements CodeTransform {
        private final Set<Label> turns;
        private final int firstLine;
        private final Map<Label, Label> behindSite = new HashMap<>();
        private boolean atBeginning;
        private @Nullable Label turn; // whose site comes before the next instruction

        Sites(Places places, int firstLine) {
            turns = places.turns;
            atBeginning = places.atBeginning;
            this.firstLine = firstLine;
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof LabelTarget || element instanceof Instruction) {
                begin(code);
                beginTurn(code);
            }
            switch (element) {
                case LabelTarget target
                when turns.contains(target.label()) -> {
                    code.with(target);
                    turn = target.label();
                }
                case ExceptionCatch handler
                when turns.contains(handler.tryStart()) -> {
                    Label start = behindSite(code, handler.tryStart());
                    code.with(ExceptionCatch.of(handler.handler(), start, handler.tryEnd(), handler.catchType()));
                }
                default -> code.with(element);
            }
        }

        private void begin(CodeBuilder code) {
            if (atBeginning) {
                atBeginning = false;
                if (firstLine > 0) {
                    code.lineNumber(firstLine); // for stack traces: the element that tells it comes later
                }
                code.invokedynamic(SITE);
            }
        }

        private void beginTurn(CodeBuilder code) {
            if (turn != null) {
                Label begun = turn;
                turn = null;
                code.invokedynamic(SITE);
                code.labelBinding(behindSite(code, begun));
            }
        }

        private Label behindSite(CodeBuilder code, Label turn) {
            return behindSite.computeIfAbsent(turn, _ -> code.newLabel());
        }
    }
}
