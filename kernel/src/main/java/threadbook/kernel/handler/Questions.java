package threadbook.kernel.handler;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.Client;
import threadbook.kernel.protocol.InputRequest;
import threadbook.kernel.protocol.Origin;
import threadbook.kernel.protocol.Request.InputReply;

/// The questions that cells ask of the person at the front end, one at a time.
///
/// Threads that ask at the same time take turns: a front end shows one field, and some clients
/// answer without saying to which question.
public final class Questions {
    private final Client client;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition free = lock.newCondition();
    private final Condition answered = lock.newCondition();

    /// `msg_id` of the question that is open, null if there is none; guarded by `lock`.
    private @Nullable String open;

    /// Its answer once there is one; guarded by `lock`.
    private @Nullable String answer;

    public Questions(Client client) {
        this.client = client;
    }

    /// Asks and waits for the answer; first for the questions of other threads.
    ///
    /// @throws InterruptedException  if interrupted meanwhile; an answer that still comes is
    /// dropped
    String ask(Origin asker, InputRequest question) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (open != null) {
                free.await();
            }
            answer = null;
            open = client.ask(asker, question);
            try {
                while (answer == null) {
                    answered.await();
                }
                return answer;
            } finally {
                open = null;
                free.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes an answer from a client; any thread may call it. One to a question that is not open
    /// is dropped.
    public void answer(InputReply reply) {
        lock.lock();
        try {
            if (open != null && (reply.question().isEmpty() || reply.question().equals(open))) {
                answer = reply.value();
                answered.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
