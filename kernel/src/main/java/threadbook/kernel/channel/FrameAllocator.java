package threadbook.kernel.channel;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import threadbook.kernel.thread.Reserve;
import zmq.Msg;
import zmq.msg.MsgAllocator;
import zmq.msg.MsgAllocatorThreshold;

/// Memory for the frames that arrive, and none for one that claims an impossible size.
///
/// JeroMQ compares a frame's size with its limit as a signed number, so one beyond 2^63 passes. And
/// a failure to allocate leaves its decoder in the middle of a step, where the thread of all
/// connections turns for ever at the connection's next event. So such a frame is an empty
/// one; what comes behind it makes no sense and is dropped for its signature. Only that thread uses it.
final class FrameAllocator implements MsgAllocator {
    private static final Duration SHORTAGE = Duration.ofMillis(10);
    private static final int MOST_TRIES = 300;
    private static final int SMALL = 1 << 16; // bytes; larger than any request that ends a cell

    private final MsgAllocator memory = new MsgAllocatorThreshold();
    private final long largest;

    /// @param largest  in bytes
    FrameAllocator(long largest) {
        this.largest = largest;
    }

    @Override
    public Msg allocate(int size) {
        if (size < 0 || size > largest) {
            return new Msg();
        }
        int most = size <= SMALL ? MOST_TRIES : 1; // nobody's huge frame may hold up all connections
        for (int tries = 0; tries < most; tries++) {
            try {
                return memory.allocate(size);
            } catch (OutOfMemoryError _) { // a cell may have taken it all, and this the request to end it
                Reserve.open();
                LockSupport.parkNanos(this, SHORTAGE.toNanos());
            }
        }
        return new Msg(); // the other connections must go on
    }
}
