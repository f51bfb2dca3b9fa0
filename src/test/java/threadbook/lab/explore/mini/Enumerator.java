package threadbook.lab.explore.mini;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.mini.Mini.Cell;
import threadbook.lab.explore.mini.Mini.Statement;

/// Counts the interleavings of a program by their outcome, by the rules that explorers have to keep.
///
/// A step is one access to a shared cell or one operation on a synchroniser. Counted by dynamic programming
/// over states, so that no search order and no engine is involved.
final class Enumerator {
    static final String DEADLOCK = "DEADLOCK";
    private static final int MOST_STATES = 60_000;

    private enum Kind {
        LOAD,
        STORE,
        UNLESS, // jumps unless the register has the value
        JUMP,
        SPIN,
        TAKE,
        TRY,
        GIVE,
        WAIT,
        NOTIFY,
        ACQUIRE,
        TRY_ACQUIRE,
        RELEASE,
        COUNT_DOWN,
        AWAIT,
        GET,
        SET,
        ADD,
        SWAP
    }

    /// One instruction.
    ///
    /// @param what   cell, lock or semaphore
    /// @param index  register that is added to the cell, or -1
    private record Code(
            Kind kind, int what, int index, int register, int value, int other, int otherValue, boolean flag) {}

    // Where things are in a state.
    private static final int OWNER = Mini.CELLS;
    private static final int HOLDS = OWNER + Mini.LOCKS;
    private static final int PERMITS = HOLDS + Mini.LOCKS;
    private static final int LATCH = PERMITS + Mini.SEMAPHORES;
    private static final int ATOMIC = LATCH + Mini.LATCHES;
    private static final int THREADS = ATOMIC + Mini.ATOMICS;
    // ... and of a thread, from its beginning.
    private static final int AT = 0;
    private static final int PHASE = 1;
    private static final int KEPT = 2; // holds while it waits; 1 while spinning if what it read was written since
    private static final int REGISTER = 3;
    private static final int HIDDEN = Mini.REGISTERS; // a register of the translation
    private static final int SIZE = REGISTER + Mini.REGISTERS + 1;

    private static final int WAITING = 1;
    private static final int NOTIFIED = 2;
    private static final int EARLY = 3;
    private static final int HALF = 4; // has read the first variable of a spin
    private static final int BLOCKED = 5;

    private final List<List<Code>> threads;
    private final boolean[] shared = new boolean[Mini.CELLS];

    /// The program has too many states, or waits in a way that no rule covers.
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private Enumerator(Mini program) {
        threads = program.threads().stream().map(Enumerator::translated).toList();
    }

    /// {@return in how many interleavings each outcome comes out}
    static Map<String, Long> counts(Mini program) throws TooLargeException {
        var enumerator = new Enumerator(program);
        enumerator.share();
        int[] begin = enumerator.begin();
        enumerator.advanceAll(begin);
        return enumerator.counts(begin, new HashMap<>());
    }

    // ---- translation

    private static List<Code> translated(List<Statement> statements) {
        var code = new ArrayList<Code>();
        translate(statements, code);
        return code;
    }

    private static Code code(Kind kind, int what, int register, int value) {
        return new Code(kind, what, -1, register, value, -1, 0, false);
    }

    private static void translate(List<Statement> statements, List<Code> to) {
        statements.forEach(each -> translate(each, to));
    }

    private static void access(Kind kind, Cell cell, int register, int value, List<Code> to) {
        switch (cell) {
            case Cell.Fixed(int number) -> to.add(code(kind, number, register, value));
            case Cell.Element(int index) -> to.add(new Code(kind, Mini.ARRAY, index, register, value, -1, 0, false));
            case Cell.Pointed() -> {
                to.add(code(Kind.LOAD, Mini.POINTER, HIDDEN, 0));
                to.add(new Code(kind, Mini.BOX, HIDDEN, register, value, -1, 0, false));
            }
        }
    }

    private static void unless(int register, int value, List<Code> to, Consumer<List<Code>> body) {
        int at = to.size();
        to.add(code(Kind.JUMP, 0, -1, 0));
        body.accept(to);
        to.set(at, code(Kind.UNLESS, to.size(), register, value));
    }

    private static void translate(Statement statement, List<Code> to) {
        switch (statement) {
            case Statement.Load(int register, Cell from) -> access(Kind.LOAD, from, register, 0, to);
            case Statement.Store(Cell cell, int register, int constant) ->
                access(Kind.STORE, cell, register, constant, to);
            case Statement.Increment(Cell.Pointed _) -> {
                to.add(code(Kind.LOAD, Mini.POINTER, HIDDEN, 0)); // the object is found once
                to.add(new Code(Kind.LOAD, Mini.BOX, HIDDEN, HIDDEN, 0, 1, 0, false)); // and remembered
                to.add(new Code(Kind.STORE, Mini.BOX, -1, HIDDEN, 1, 1, 0, false));
            }
            case Statement.Increment(Cell cell) -> {
                access(Kind.LOAD, cell, HIDDEN, 0, to);
                access(Kind.STORE, cell, HIDDEN, 1, to);
            }
            case Statement.Point(int box) -> to.add(code(Kind.STORE, Mini.POINTER, -1, box));
            case Statement.If(Cell cell, int equals, var then, var otherwise) -> {
                access(Kind.LOAD, cell, HIDDEN, 0, to);
                int[] end = new int[1];
                unless(HIDDEN, equals, to, _ -> {
                    translate(then, to);
                    end[0] = to.size();
                    to.add(code(Kind.JUMP, 0, -1, 0));
                });
                translate(otherwise, to);
                to.set(end[0], code(Kind.JUMP, to.size(), -1, 0));
            }
            case Statement.IfRegister(int register, int equals, var then) ->
                unless(register, equals, to, _ -> translate(then, to));
            case Statement.Repeat(int times, var body) -> {
                for (int i = 0; i < times; i++) {
                    translate(body, to);
                }
            }
            case Statement.Spin(int variable, int value, int other, int otherValue) ->
                to.add(new Code(Kind.SPIN, variable, -1, -1, value, other, otherValue, false));
            case Statement.Locked(int lock, var body) -> {
                to.add(code(Kind.TAKE, lock, -1, 0));
                translate(body, to);
                to.add(code(Kind.GIVE, lock, -1, 0));
            }
            case Statement.TryLocked(int lock, int register, var body) -> {
                to.add(code(Kind.TRY, lock, register, 0));
                unless(register, 1, to, _ -> {
                    translate(body, to);
                    to.add(code(Kind.GIVE, lock, -1, 0));
                });
            }
            case Statement.Chained(int first, int second, var body) -> {
                to.add(code(Kind.TAKE, first, -1, 0));
                to.add(code(Kind.TAKE, second, -1, 0));
                translate(body, to);
                to.add(code(Kind.GIVE, first, -1, 0));
                to.add(code(Kind.GIVE, second, -1, 0));
            }
            case Statement.Wait(int lock, int variable, int value, boolean loop, boolean timed) -> {
                int begin = to.size();
                to.add(code(Kind.LOAD, variable, HIDDEN, 0));
                unless(HIDDEN, value, to, _ -> {
                    to.add(new Code(Kind.WAIT, lock, -1, -1, 0, -1, 0, timed));
                    if (loop) {
                        to.add(code(Kind.JUMP, begin, -1, 0));
                    }
                });
            }
            case Statement.Notify(int lock, boolean all) -> to.add(new Code(Kind.NOTIFY, lock, -1, -1, 0, -1, 0, all));
            case Statement.Acquire(int semaphore) -> to.add(code(Kind.ACQUIRE, semaphore, -1, 0));
            case Statement.TryAcquire(int semaphore, int register) ->
                to.add(code(Kind.TRY_ACQUIRE, semaphore, register, 0));
            case Statement.Release(int semaphore) -> to.add(code(Kind.RELEASE, semaphore, -1, 0));
            case Statement.CountDown() -> to.add(code(Kind.COUNT_DOWN, 0, -1, 0));
            case Statement.AwaitLatch() -> to.add(code(Kind.AWAIT, 0, -1, 0));
            case Statement.AtomicGet(int register) -> to.add(code(Kind.GET, 0, register, 0));
            case Statement.AtomicSet(int value) -> to.add(code(Kind.SET, 0, -1, value));
            case Statement.AtomicAdd(int register) -> to.add(code(Kind.ADD, 0, register, 0));
            case Statement.AtomicSwap(int expected, int value, int register) ->
                to.add(new Code(Kind.SWAP, 0, -1, register, value, -1, expected, false));
        }
    }

    // ---- which cells are shared: all states, each access being a step

    private void share() throws TooLargeException {
        Arrays.fill(shared, true);
        int[] touched = new int[Mini.CELLS];
        int[] written = new int[Mini.CELLS];
        int[] begin = begin();
        advanceAll(begin);
        var known = new HashSet<List<Integer>>();
        var next = new ArrayDeque<int[]>();
        next.add(begin);
        while (!next.isEmpty()) {
            int[] state = next.poll();
            for (int t = 0; t < threads.size(); t++) {
                Code code = next(state, t);
                if (code == null) {
                    continue;
                }
                if (code.kind == Kind.LOAD || code.kind == Kind.STORE) {
                    touched[cell(code, state, t)] |= 1 << t;
                    written[cell(code, state, t)] |= code.kind == Kind.STORE ? 1 << t : 0;
                } else if (code.kind == Kind.SPIN) {
                    touched[code.what] |= 1 << t;
                    if (state[at(t) + PHASE] == HALF) {
                        touched[code.other] |= 1 << t;
                    }
                }
                for (int branch = 0; branch < branches(state, t); branch++) {
                    int[] after = step(state, t, branch);
                    if (known.add(Arrays.stream(after).boxed().toList())) {
                        next.add(after);
                    }
                }
            }
            if (known.size() > MOST_STATES) {
                throw new TooLargeException();
            }
        }
        for (int i = 0; i < Mini.CELLS; i++) {
            shared[i] = written[i] != 0 && Integer.bitCount(touched[i]) > 1;
        }
        for (List<Code> thread : threads) {
            for (Code code : thread) {
                if (code.kind == Kind.SPIN && !(shared[code.what] && (code.other < 0 || shared[code.other]))) {
                    throw new TooLargeException(); // it waits for what nobody changes
                }
            }
        }
    }

    // ---- states

    private int[] begin() {
        int[] state = new int[THREADS + SIZE * threads.size()];
        Arrays.fill(state, OWNER, OWNER + Mini.LOCKS, -1);
        state[PERMITS] = 1;
        state[LATCH] = 1;
        return state;
    }

    private static int at(int thread) {
        return THREADS + SIZE * thread;
    }

    private @Nullable Code next(int[] state, int thread) {
        int at = state[at(thread) + AT];
        List<Code> code = threads.get(thread);
        return at < code.size() ? code.get(at) : null;
    }

    private static int cell(Code code, int[] state, int thread) {
        if (code.kind == Kind.STORE && code.other == 1) { // of the remembered box
            return Mini.BOX + (state[at(thread) + REGISTER + HIDDEN] >> 16);
        }
        return code.what + (code.index < 0 ? 0 : state[at(thread) + REGISTER + code.index] & 1);
    }

    private static int register(Code code, int[] state, int thread) {
        int value = code.register < 0 ? 0 : state[at(thread) + REGISTER + code.register];
        return code.other == 1 ? (short) value : value;
    }

    private void advanceAll(int[] state) {
        for (int t = 0; t < threads.size(); t++) {
            advance(state, t);
        }
    }

    /// Does what is no step.
    private void advance(int[] state, int t) {
        while (true) {
            Code code = next(state, t);
            if (code == null) {
                return;
            }
            switch (code.kind) {
                case JUMP -> state[at(t) + AT] = code.what;
                case UNLESS ->
                    state[at(t) + AT] =
                            state[at(t) + REGISTER + code.register] == code.value ? state[at(t) + AT] + 1 : code.what;
                case LOAD, STORE -> {
                    if (shared[cell(code, state, t)]) {
                        return;
                    }
                    run(code, state, t, 0);
                }
                default -> {
                    return;
                }
            }
        }
    }

    private int branches(int[] state, int t) {
        Code code = next(state, t);
        if (code == null) {
            return 0;
        }
        int phase = state[at(t) + PHASE];
        boolean free = switch (code.kind) {
            case TAKE -> state[OWNER + code.what] == -1 || state[OWNER + code.what] == t;
            case WAIT ->
                phase == 0 || phase == WAITING && code.flag || phase > WAITING && state[OWNER + code.what] == -1;
            case SPIN -> phase != BLOCKED || state[at(t) + KEPT] == 1;
            case ACQUIRE -> state[PERMITS + code.what] > 0;
            case AWAIT -> state[LATCH] == 0;
            default -> true;
        };
        return !free
                ? 0
                : code.kind == Kind.NOTIFY && !code.flag
                        ? Math.max(1, waiting(state, code.what).size())
                        : 1;
    }

    private List<Integer> waiting(int[] state, int lock) {
        var all = new ArrayList<Integer>();
        for (int t = 0; t < threads.size(); t++) {
            Code code = next(state, t);
            if (code != null && code.kind == Kind.WAIT && code.what == lock && state[at(t) + PHASE] == WAITING) {
                all.add(t);
            }
        }
        return all;
    }

    private int[] step(int[] before, int t, int branch) {
        int[] state = before.clone();
        Code code = next(state, t);
        if (code == null) {
            throw new IllegalStateException("the thread has ended");
        }
        run(code, state, t, branch);
        advance(state, t);
        return state;
    }

    private void run(Code code, int[] state, int t, int branch) {
        int me = at(t);
        int target = me + REGISTER + Math.max(0, code.register);
        int now = state[me + AT];
        state[me + AT]++;
        switch (code.kind) {
            case LOAD -> {
                int cell = cell(code, state, t);
                state[target] = code.other == 1 ? cell - Mini.BOX << 16 | state[cell] & 0xffff : state[cell];
            }
            case STORE -> {
                int cell = cell(code, state, t);
                state[cell] = register(code, state, t) + code.value;
                if (code.other == 1) {
                    state[target] = 0;
                }
                written(state, cell, t);
            }
            case SPIN -> {
                state[me + AT] = now;
                spin(code, state, t);
            }
            case TAKE -> take(code, state, t, 1);
            case TRY -> {
                boolean free = state[OWNER + code.what] == -1 || state[OWNER + code.what] == t;
                state[target] = free ? 1 : 0;
                if (free) {
                    take(code, state, t, 1);
                }
            }
            case GIVE -> {
                if (--state[HOLDS + code.what] == 0) {
                    state[OWNER + code.what] = -1;
                }
            }
            case WAIT -> {
                state[me + AT] = now;
                await(code, state, t);
            }
            case NOTIFY -> {
                List<Integer> waiting = waiting(state, code.what);
                for (int i = 0; i < waiting.size(); i++) {
                    if (code.flag || i == branch) {
                        state[at(waiting.get(i)) + PHASE] = NOTIFIED;
                    }
                }
            }
            case ACQUIRE -> state[PERMITS + code.what]--;
            case TRY_ACQUIRE -> {
                state[target] = state[PERMITS + code.what] > 0 ? 1 : 0;
                state[PERMITS + code.what] -= state[target];
            }
            case RELEASE -> state[PERMITS + code.what]++;
            case COUNT_DOWN -> state[LATCH] = Math.max(0, state[LATCH] - 1);
            case AWAIT -> {}
            case GET -> state[target] = state[ATOMIC];
            case SET -> state[ATOMIC] = code.value;
            case ADD -> state[target] = ++state[ATOMIC];
            case SWAP -> {
                state[target] = state[ATOMIC] == code.otherValue ? 1 : 0;
                state[ATOMIC] = state[target] == 1 ? code.value : state[ATOMIC];
            }
            case JUMP, UNLESS -> throw new IllegalStateException("no step");
        }
    }

    private static void take(Code code, int[] state, int t, int holds) {
        state[OWNER + code.what] = t;
        state[HOLDS + code.what] += holds;
    }

    private static void await(Code code, int[] state, int t) {
        int me = at(t);
        switch (state[me + PHASE]) {
            case 0 -> {
                state[me + KEPT] = state[HOLDS + code.what];
                state[OWNER + code.what] = -1;
                state[HOLDS + code.what] = 0;
                state[me + PHASE] = WAITING;
            }
            case WAITING -> state[me + PHASE] = EARLY;
            default -> {
                take(code, state, t, state[me + KEPT]);
                state[me + KEPT] = 0;
                state[me + PHASE] = 0;
                state[me + AT]++;
            }
        }
    }

    private void spin(Code code, int[] state, int t) {
        int me = at(t);
        boolean first = state[me + PHASE] != HALF;
        boolean goesOn = state[first ? code.what : code.other] == (first ? code.value : code.otherValue);
        if (first) {
            state[me + KEPT] = 0;
        }
        if (!goesOn) {
            state[me + PHASE] = 0;
            state[me + KEPT] = 0;
            state[me + AT]++;
        } else {
            state[me + PHASE] = first && code.other >= 0 ? HALF : BLOCKED;
        }
    }

    /// Those who wait in a loop for what they have read look again.
    private void written(int[] state, int cell, int by) {
        for (int t = 0; t < threads.size(); t++) {
            Code code = next(state, t);
            int phase = state[at(t) + PHASE];
            if (t != by && code != null && code.kind == Kind.SPIN) {
                if (phase >= HALF && cell == code.what || phase == BLOCKED && cell == code.other) {
                    state[at(t) + KEPT] = 1;
                }
            }
        }
    }

    // ---- counting

    private Map<String, Long> counts(int[] state, Map<List<Integer>, Map<String, Long>> known)
            throws TooLargeException {
        var key = Arrays.stream(state).boxed().toList();
        Map<String, Long> all = known.get(key);
        if (all != null) {
            return all;
        }
        all = new TreeMap<>();
        boolean ended = true;
        boolean stuck = true;
        for (int t = 0; t < threads.size(); t++) {
            ended &= next(state, t) == null;
            for (int branch = 0; branch < branches(state, t); branch++) {
                stuck = false;
                for (var entry : counts(step(state, t, branch), known).entrySet()) {
                    all.merge(entry.getKey(), entry.getValue(), Long::sum);
                }
            }
        }
        if (ended) {
            all.put(outcome(state), 1L);
        } else if (stuck) {
            all.put(DEADLOCK, 1L);
        }
        if (known.size() > MOST_STATES) {
            throw new TooLargeException();
        }
        known.put(key, all);
        return all;
    }

    private String outcome(int[] state) {
        var text = new StringBuilder();
        for (int i = 0; i < Mini.CELLS; i++) {
            text.append(state[i]).append(' ');
        }
        text.append(state[ATOMIC]);
        for (int t = 0; t < threads.size(); t++) {
            for (int r = 0; r < Mini.REGISTERS; r++) {
                text.append(' ').append(state[at(t) + REGISTER + r]);
            }
        }
        return text.toString();
    }
}
