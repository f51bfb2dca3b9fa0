package threadbook.kernel.thread;

import java.lang.ref.Reference;
import java.util.concurrent.locks.ReentrantLock;

/// Memory that the kernel keeps for the moment when cells have used up the rest: given free, it lets
/// the kernel say so, compile the cell that frees more, and go on.
///
/// 16 MB, less where the heap is small; in pieces, so that a part can be taken back where all does not
/// fit. Any thread may call it.
public final class Reserve {
    private static final int PIECE = 256 << 10; // below half a region of G1: no object is humongous
    private static final long SIZE = Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 8);
    private static final int SLACK = 12; // pieces
    private static final long TIGHT = 2 * SIZE;

    private static final byte[][] PIECES = new byte[(int) (SIZE / PIECE)][]; // written under FILLING, or set to null
    private static final byte[] NONE = {};
    private static final ReentrantLock FILLING = new ReentrantLock();

    private Reserve() {}

    /// Gives it free. Allocates nothing, takes no lock.
    public static void open() {
        for (int i = 0; i < PIECES.length; i++) {
            PIECES[i] = NONE;
        }
    }

    /// Gives it free if little else is: before work that should not fail, such as compiling.
    public static void openWhereTight() {
        Runtime machine = Runtime.getRuntime();
        if (machine.maxMemory() - (machine.totalMemory() - machine.freeMemory()) < TIGHT) {
            open();
        }
    }

    /// {@return whether some of it has been given free and not been taken back}
    public static boolean opened() {
        return taken() < PIECES.length;
    }

    /// Takes back as much of it as there is, and leaves cells a little to begin with.
    ///
    /// @return whether enough is there to survive another cell that fills the memory
    public static boolean fill() {
        FILLING.lock();
        try {
            if (taken() < PIECES.length) {
                byte[][] left = new byte[SLACK][];
                take(left);
                take(PIECES);
                Reference.reachabilityFence(left); // until the reserve is taken
            }
            return taken() >= PIECES.length / 4;
        } finally {
            FILLING.unlock();
        }
    }

    private static void take(byte[][] pieces) {
        try {
            for (int i = 0; i < pieces.length; i++) {
                if (pieces[i] == null || pieces[i].length == 0) {
                    pieces[i] = new byte[PIECE];
                }
            }
        } catch (OutOfMemoryError _) {
            // what there was is taken
        }
    }

    private static int taken() {
        int taken = 0;
        for (byte[] piece : PIECES) {
            if (piece != null && piece.length > 0) {
                taken++;
            }
        }
        return taken;
    }

    /// {@return whether the error says that the heap, or something else that is limited, is used up}; also
    /// as the cause of another
    public static boolean exhausted(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 10; depth++) { // a chain may be a ring
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
