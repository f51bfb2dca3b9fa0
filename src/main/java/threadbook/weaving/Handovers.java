package threadbook.weaving;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import threadbook.runtime.HandedStage;
import threadbook.runtime.Handover;

/// A task that is handed to an executor passes through [Handover] just before, and what
/// `shutdownNow` gives back just after.
///
/// The calls stay where they are, and so do their exceptions. Method references are left alone, and so is
/// what is explored, where calls are taken over as they were written.
final class Handovers implements Pass {
    private static final String CONCURRENT = "java/util/concurrent/";
    private static final Set<String> EXECUTORS = Set.of(
            "Executor",
            "ExecutorService",
            "AbstractExecutorService",
            "ScheduledExecutorService",
            "ThreadPoolExecutor",
            "ScheduledThreadPoolExecutor",
            "ForkJoinPool",
            "CompletionService",
            "ExecutorCompletionService");
    private static final Map<String, String> HANDED = Map.of(
            "execute", "executed",
            "submit", "submitted",
            "invokeAll", "submitted",
            "invokeAny", "submitted",
            "schedule", "submitted",
            "scheduleAtFixedRate", "submitted",
            "scheduleWithFixedDelay", "submitted");
    private static final Set<String> FIRST_STAGES = Set.of("runAsync", "supplyAsync");

    /// The later stages, and whether the function is their first argument or their second.
    private static final Map<String, Integer> STAGES = Map.ofEntries(
            Map.entry("thenRun", 0),
            Map.entry("thenApply", 0),
            Map.entry("thenAccept", 0),
            Map.entry("thenCompose", 0),
            Map.entry("handle", 0),
            Map.entry("whenComplete", 0),
            Map.entry("exceptionally", 0),
            Map.entry("exceptionallyCompose", 0),
            Map.entry("thenCombine", 1),
            Map.entry("thenAcceptBoth", 1),
            Map.entry("runAfterBoth", 1),
            Map.entry("runAfterEither", 1),
            Map.entry("applyToEither", 1),
            Map.entry("acceptEither", 1));
    private static final Set<String> TASKS = Set.of(
            "java.lang.Runnable",
            "java.util.concurrent.Callable",
            "java.util.Collection",
            "java.util.function.Supplier");

    private static final ClassDesc HANDOVER = ClassDesc.of(Handover.class.getName());
    private static final ClassDesc HANDED_STAGE = ClassDesc.of(HandedStage.class.getName());
    private static final ClassDesc EXECUTOR = ClassDesc.of("java.util.concurrent.Executor");
    private static final ClassDesc POOL = ClassDesc.of("java.util.concurrent.ThreadPoolExecutor");
    private static final ClassDesc RUNNABLE = ClassDesc.of("java.lang.Runnable");
    private static final MethodTypeDesc REMOVE = MethodTypeDesc.of(ConstantDescs.CD_boolean, POOL, RUNNABLE);
    private static final MethodTypeDesc ORIGINAL = MethodTypeDesc.of(ConstantDescs.CD_List, ConstantDescs.CD_List);

    @Override
    public ClassTransform of(Weaving weaving) {
        if (weaving.depth() == Depth.EXPLORED) {
            return NOTHING;
        }
        for (PoolEntry entry : weaving.original().constantPool()) {
            if (entry instanceof MemberRefEntry member
                    && member.owner().asInternalName().startsWith(CONCURRENT)) {
                CodeTransform handover = Handovers::handover;
                return ClassTransform.transformingMethodBodies(handover);
            }
        }
        return NOTHING;
    }

    private static void handover(CodeBuilder code, CodeElement element) {
        if (!(element instanceof InvokeInstruction call)
                || call.opcode() == Opcode.INVOKESPECIAL // of an executor of the program's own
                || !call.owner().asInternalName().startsWith(CONCURRENT)) {
            code.with(element);
            return;
        }
        String owner = call.owner().asInternalName().substring(CONCURRENT.length());
        String name = call.name().stringValue();
        MethodTypeDesc type = call.typeSymbol();
        if (owner.equals("CompletableFuture")) {
            Integer function = STAGES.get(name.endsWith("Async") ? name.substring(0, name.length() - 5) : name);
            if (FIRST_STAGES.contains(name)) {
                convertTask(code, type, null);
            } else if (function != null) {
                convertFunction(code, type, function);
            }
            code.with(call);
        } else if (!EXECUTORS.contains(owner)) {
            code.with(call);
        } else if (name.equals("remove")
                && type.parameterList().equals(REMOVE.parameterList().subList(1, 2))) {
            code.invokestatic(HANDOVER, "remove", REMOVE);
        } else {
            String handed = HANDED.get(name);
            if (handed != null && isTask(type.parameterType(0))) {
                convertTask(code, type, handed);
            }
            code.with(call);
            if (name.equals("shutdownNow")) {
                code.invokestatic(HANDOVER, "original", ORIGINAL);
            }
        }
    }

    private static boolean isTask(ClassDesc type) {
        return type.isClassOrInterface() && TASKS.contains(type.packageName() + "." + type.displayName());
    }

    /// The task is the first argument; what is above it on the stack is put aside for the moment.
    ///
    /// @param handed  the method of [Handover] that is asked, with the executor below the task; null if there
    ///     is none
    private static void convertTask(CodeBuilder code, MethodTypeDesc type, @Nullable String handed) {
        int[] aside = putAside(code, type, 1);
        ClassDesc task = type.parameterType(0);
        if (handed == null) {
            code.invokestatic(HANDOVER, "owned", MethodTypeDesc.of(task, task));
        } else {
            ClassDesc executor = handed.equals("executed") ? EXECUTOR : ConstantDescs.CD_Object;
            code.dup2();
            code.invokestatic(HANDOVER, handed, MethodTypeDesc.of(task, executor, task));
            code.swap();
            code.pop();
        }
        putBack(code, type, 1, aside);
    }

    /// @param at  the function's place among the arguments
    private static void convertFunction(CodeBuilder code, MethodTypeDesc type, int at) {
        int[] aside = putAside(code, type, at + 1);
        ClassDesc function = type.parameterType(at);
        code.invokestatic(HANDED_STAGE, "owned", MethodTypeDesc.of(function, function));
        putBack(code, type, at + 1, aside);
    }

    /// {@return the local variables that the arguments from one on lie in now}
    private static int[] putAside(CodeBuilder code, MethodTypeDesc type, int from) {
        int[] aside = new int[type.parameterCount()];
        for (int i = type.parameterCount() - 1; i >= from; i--) {
            TypeKind kind = TypeKind.from(type.parameterType(i));
            aside[i] = code.allocateLocal(kind);
            code.storeLocal(kind, aside[i]);
        }
        return aside;
    }

    private static void putBack(CodeBuilder code, MethodTypeDesc type, int from, int[] aside) {
        for (int i = from; i < type.parameterCount(); i++) {
            code.loadLocal(TypeKind.from(type.parameterType(i)), aside[i]);
        }
    }
}
