package threadbook.lab.explore.mini;

import java.util.List;

/// A program of the tiny language: what each of its threads does.
///
/// All programs have the same variables, all of them 0 at the beginning: shared ints `x0` to `x2`, an array
/// of two, two boxes with an int each, `p` that points to one of the boxes, and registers of each thread.
/// They share two monitors, two locks with a condition each, two semaphores, a latch and an atomic.
record Mini(List<List<Statement>> threads) {
    static final int REGISTERS = 3;
    static final int VARIABLES = 3;
    static final int ARRAY = 3; // the cell of its first element
    static final int BOX = 5; // the cell of the first box's field
    static final int POINTER = 7; // the cell of p: which box it points to
    static final int CELLS = 8;
    static final int LOCKS = 4; // 0 and 1 are monitors, 2 and 3 are ReentrantLocks
    static final int SEMAPHORES = 2; // with 1 and 0 permits
    static final int LATCHES = 1; // that of 1
    static final int ATOMICS = 1;

    /// Where an int is kept.
    sealed interface Cell {
        /// A static variable, or an element of the array.
        record Fixed(int number) implements Cell {}

        /// The element of the array that a register chooses, by its lowest bit.
        record Element(int register) implements Cell {}

        /// The field of the box that `p` points to.
        record Pointed() implements Cell {}
    }

    sealed interface Statement {
        record Load(int register, Cell from) implements Statement {}

        /// Register plus constant; only the constant if the register is -1.
        record Store(Cell to, int register, int constant) implements Statement {}

        record Increment(Cell cell) implements Statement {}

        record Point(int box) implements Statement {}

        record If(Cell cell, int equals, List<Statement> then, List<Statement> otherwise) implements Statement {}

        record IfRegister(int register, int equals, List<Statement> then) implements Statement {}

        record Repeat(int times, List<Statement> body) implements Statement {}

        /// Waits in a loop while one variable has a value and another one too, unless that is -1.
        record Spin(int variable, int value, int other, int otherValue) implements Statement {}

        record Locked(int lock, List<Statement> body) implements Statement {}

        record TryLocked(int lock, int register, List<Statement> body) implements Statement {}

        /// Lock of one, then of the other, given back in this order.
        record Chained(int first, int second, List<Statement> body) implements Statement {}

        /// In the lock: waits while the variable has the value, in a loop or only once.
        record Wait(int lock, int variable, int value, boolean loop, boolean timed) implements Statement {}

        record Notify(int lock, boolean all) implements Statement {}

        record Acquire(int semaphore) implements Statement {}

        record TryAcquire(int semaphore, int register) implements Statement {}

        record Release(int semaphore) implements Statement {}

        record CountDown() implements Statement {}

        record AwaitLatch() implements Statement {}

        record AtomicGet(int register) implements Statement {}

        record AtomicSet(int value) implements Statement {}

        record AtomicAdd(int register) implements Statement {}

        record AtomicSwap(int expected, int value, int register) implements Statement {}
    }
}
