package threadbook.lab.process.child;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import threadbook.lab.process.travel.Answer;
import threadbook.lab.process.travel.ArrivedClasses;
import threadbook.lab.process.travel.CannotTravelException;
import threadbook.lab.process.travel.LambdaCode;
import threadbook.lab.process.travel.Mapping;
import threadbook.lab.process.travel.Order;
import threadbook.lab.process.travel.StrandedException;
import threadbook.lab.process.travel.Unpacked;
import threadbook.lab.process.travel.Values;
import threadbook.lab.thread.Body;
import threadbook.runtime.Carrying;

/// The program of a process that runs a notebook's lambdas: `java … ChildMain FILE`.
///
/// Orders come on standard input, answers go to the file, an open pipe. Standard output and error are free for what
/// the JVM and native code write. Lambdas run on the main thread. The process ends when it was told to finish and
/// all its threads but daemons have ended, as any Java program, with exit code 1 if its last lambda threw; and at
/// once when standard input ends.
public final class ChildMain implements Order.Taker {
    private static final Set<String> OURS = Set.of(ChildMain.class.getName(), LambdaCode.class.getName());

    private final Told told;
    private final Orders orders;
    private @Nullable Unpacked task;
    private ArrivedClasses classes = new ArrivedClasses();
    private boolean failed; // the last call
    private boolean finished;

    private ChildMain(Told told, Orders orders) {
        this.told = told;
        this.orders = orders;
    }

    /// @param arguments  the file for the answers
    /// @throws Failed  if the last lambda threw: so the exit code is 1
    public static void main(String[] arguments) throws IOException {
        var told = new Told(new FileOutputStream(arguments[0]));
        var orders = Orders.start(new FileInputStream(FileDescriptor.in).getChannel());
        System.setOut(told.printing(false));
        System.setErr(told.printing(true));
        System.setIn(InputStream.nullInputStream());
        var child = new ChildMain(told, orders);
        told.tell(new Answer.Ready());
        child.serve();
        if (child.failed) {
            Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {}); // it was told already
            throw new Failed();
        }
    }

    private void serve() throws IOException {
        use(classes);
        while (!finished) {
            orders.next().to(this);
        }
    }

    @Override
    public void define(Order.Define order) {
        if (order.anew()) {
            task = null;
            use(new ArrivedClasses());
        }
        classes.add(order.classes());
    }

    @Override
    public void finish() {
        finished = true;
    }

    private void use(ArrivedClasses loader) {
        classes = loader;
        Thread.currentThread().setContextClassLoader(loader);
        Carrying.install(loader);
    }

    @Override
    public void keep(Order.Keep order) throws IOException {
        try {
            task = Unpacked.of(order.values(), classes);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("what came from the other process does not fit together", e);
        }
    }

    // Catches everything, because a lambda may throw everything: the other process hears of it.
    @Override
    public void call(Order.Call order) throws IOException {
        Unpacked unpacked = task;
        Answer answer;
        try {
            if (unpacked == null) {
                throw new IllegalStateException("a call of a lambda that did not come");
            }
            Object value = run(unpacked.lambda(), order.argument());
            answer = new Answer.Returned(order.call(), unpacked.changed(), Values.write("The result", value));
            failed = false;
        } catch (Throwable thrown) {
            answer = threw(order.call(), thrown);
            failed = !(thrown instanceof CannotTravelException);
        }
        Thread.interrupted(); // a body's own affair, which the next one must not find
        told.tell(answer);
    }

    @SuppressWarnings("unchecked") // the argument was written for this lambda
    private @Nullable Object run(Object lambda, byte[] argument) throws Exception {
        if (lambda instanceof Body body) {
            body.run();
            return null;
        }
        if (lambda instanceof Callable<?> body) {
            return body.call();
        }
        if (lambda instanceof Mapping<?, ?> mapping) {
            return ((Mapping<@Nullable Object, ?>) mapping).of(Values.read(argument, classes));
        }
        throw new IllegalStateException("expected a body, found " + lambda.getClass());
    }

    private static Answer threw(long call, Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            each.setStackTrace(own(each.getStackTrace()));
        }
        try {
            return new Answer.Threw(call, Values.write("The exception", thrown));
        } catch (CannotTravelException _) {
            return new Answer.Threw(call, Values.write("The exception", new StrandedException(thrown)));
        }
    }

    /// {@return the frames above ours}, and above those by which the lambda's method was called
    private static StackTraceElement[] own(StackTraceElement[] frames) {
        int end = 0;
        while (end < frames.length && !OURS.contains(frames[end].getClassName())) {
            end++;
        }
        boolean called = end < frames.length && frames[end].getClassName().equals(LambdaCode.class.getName());
        while (called && end > 0 && isReflection(frames[end - 1].getClassName())) {
            end--;
        }
        return Arrays.copyOf(frames, end);
    }

    private static boolean isReflection(String className) {
        return className.startsWith("jdk.internal.reflect.") || className.equals("java.lang.reflect.Method");
    }

    /// Ends the main thread with exit code 1.
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed() {
            super(null, null, false, false);
        }
    }
}
