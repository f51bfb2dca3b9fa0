"""Cells that never end by themselves, each in one of the ways in which a student's cell can hang."""

from dataclasses import dataclass

# What many of the cells use: run once, in a cell before them.
PREPARED = """
int kept = 77;
int ran = 0;
boolean go = false;
var taken = new ReentrantLock();
var written = new ReentrantReadWriteLock();
Object held = new Object();
var locked = new CountDownLatch(2);
Thread.ofPlatform().daemon().name("keeper").start(() -> {
    taken.lock();
    written.writeLock().lock();
    locked.countDown();
    try { Thread.sleep(Duration.ofDays(1)); } catch (InterruptedException e) { }
});
Thread.ofPlatform().daemon().name("holder").start(() -> {
    synchronized (held) {
        locked.countDown();
        try { Thread.sleep(Duration.ofDays(1)); } catch (InterruptedException e) { }
    }
});
locked.await();
void forEver() { while (true) { } }
"""


@dataclass(frozen=True)
class Hang:
    """A way to hang.

    `seconds` is the time within which an interrupt is to end it; `says` stands in the error.
    """

    name: str
    code: str
    seconds: float
    says: tuple[str, ...]

    def __str__(self) -> str:
        return self.name.replace(" ", "_")


def in_cell(name: str, code: str, *says: str) -> Hang:
    """Its thread runs in the cell's own code."""
    return Hang(name, code, 0.15, says)


def in_jdk(name: str, code: str, *says: str) -> Hang:
    """Its thread is, or may be, inside the JDK."""
    return Hang(name, code, 1.0, says)


HANGS = [
    # The cell's own code.
    in_cell("an endless loop", "while (true) { }", "runs"),
    in_cell("nested counted loops", "long n = 0; int most = Integer.MAX_VALUE;\nfor (int i = 0; i < most; i++) for (int j = 0; j < most; j++) n += i ^ j;"),
    in_cell("counted loops in a method", "long sum(int most) { long n = 0; for (int i = 0; i < most; i++) for (int j = 0; j < most; j++) n += i * j; return n; }\nsum(Integer.MAX_VALUE)"),
    in_cell("a do loop with a switch", "do { switch (kept) { case 1: break; default: continue; } } while (true);"),
    in_cell("a labelled continue", "outer: while (true) { for (int i = 0; i < 10; i++) { if (i == 5) continue outer; } }"),
    in_cell("a loop in a lambda", "Runnable loop = () -> { while (true) { } };\nloop.run();"),
    in_cell("a loop in a static initialiser", "class Early { static int x = 1; static { while (x == 1) { } } }\nEarly.x"),
    in_cell("a loop in a constructor", "class Slow { Slow() { while (true) { } } }\nnew Slow()"),
    in_cell("a loop in the constructor of a record", "record Even(int n) { Even { while (n % 2 == 1) { } } }\nnew Even(3)"),
    in_cell("a loop in the constructor of an enum", "enum Colour { RED; Colour() { while (true) { } } }\nColour.RED"),
    in_cell("a loop in a default method", "interface Walker { default void walk() { while (true) { } } }\nnew Walker() { }.walk();"),
    in_cell("a loop that catches Throwable inside", "while (true) { try { while (true) { } } catch (Throwable t) { } }"),
    in_cell("a loop that catches Throwable around a call", "while (true) { try { forEver(); } catch (Throwable t) { } }"),
    in_cell("a loop whose finally goes on", "for (;;) { try { for (;;) { } } finally { continue; } }"),
    in_cell("recursion without end in finally", "void again() { try { again(); } finally { again(); } }\nagain();"),
    in_cell("catching StackOverflowError for ever", "void deep() { deep(); }\nwhile (true) { try { deep(); } catch (StackOverflowError e) { } }"),
    in_cell("an exponential recursion", "long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\nfib(100)"),
    in_cell("a loop that throws and catches", "while (true) { try { throw new IllegalStateException(); } catch (IllegalStateException e) { } }"),
    in_cell("a loop that waits for a plain variable", "while (!go) { }"),
    in_cell("a loop that spins politely", "while (true) Thread.onSpinWait();"),
    in_cell("a loop that yields", "while (true) Thread.yield();"),
    in_cell("a loop that adds to an atomic", "var n = new AtomicLong();\nwhile (true) n.incrementAndGet();"),
    in_cell("a toString that loops", "new Object() { public String toString() { while (true) { } } }"),
    in_cell("a comparator that loops", "Stream.of(3, 1, 2).sorted((a, b) -> { while (true) { } }).toList()"),
    in_cell("an iterator that loops", "Iterable<Integer> odd = () -> new Iterator<>() { public boolean hasNext() { while (true) { } } public Integer next() { return 1; } };\nfor (int i : odd) { }"),
    in_cell("an equals that loops", "class Twin { public int hashCode() { return 1; } public boolean equals(Object o) { while (true) { } } }\nSet.of(new Twin(), new Twin())"),
    in_cell("an exception whose message loops", "throw new RuntimeException() { public String getMessage() { while (true) { } } };"),
    in_cell("an exception handler that loops", "var thread = new Thread(() -> { throw new IllegalStateException(); });\nthread.setUncaughtExceptionHandler((t, e) -> { while (true) { } });\nthread.start(); thread.join();"),
    in_cell("a close that loops", "try (AutoCloseable door = () -> { while (true) { } }) { }"),
    in_cell("a supplier of a stream that loops", "Stream.generate(() -> { while (true) { } }).findFirst()"),
    # Other threads, which the cell waits for.
    in_cell("a loop in another thread", "var thread = Thread.ofPlatform().start(() -> { while (true) { } });\nthread.join();", "Thread.join"),
    in_cell("a loop in a virtual thread", "var thread = Thread.ofVirtual().start(() -> { while (true) { } });\nthread.join();"),
    in_cell("a loop in more virtual threads than there are cores", "var many = new ArrayList<Thread>();\nfor (int i = 0; i < 20; i++) many.add(Thread.ofVirtual().start(() -> { while (true) { } }));\nfor (var thread : many) thread.join();"),
    in_cell("a loop in a pool", "try (var pool = Executors.newFixedThreadPool(2)) { pool.submit(() -> { while (true) { } }).get(); }"),
    in_cell("a loop in the common pool", "CompletableFuture.runAsync(() -> { while (true) { } }).join();"),
    in_cell("a loop in a parallel stream", "IntStream.range(0, 1_000).parallel().forEach(i -> { while (true) { } });"),
    in_cell("a loop in a thread started by a thread", "var outer = new Thread(() -> { var inner = new Thread(() -> { while (true) { } }); inner.start(); try { inner.join(); } catch (InterruptedException e) { } });\nouter.start(); outer.join();"),
    in_cell("a loop in a scheduled task", "var clock = Executors.newScheduledThreadPool(1);\nclock.schedule(() -> { while (true) { } }, 1, TimeUnit.MILLISECONDS).get();"),
    in_cell("a loop in a structured task", "try (var scope = StructuredTaskScope.open()) { scope.fork(() -> { while (true) { } }); scope.join(); }"),
    in_cell("a loop in a timer", "var rang = new CountDownLatch(1);\nnew Timer(true).schedule(new TimerTask() { public void run() { while (true) { } } }, 1);\nrang.await();"),
    # Waits that hear an interrupt.
    in_jdk("sleep", "Thread.sleep(1_000_000);", "waits in Thread.sleep"),
    in_jdk("wait", "synchronized (taken) { taken.wait(); }", "Object.wait"),
    in_jdk("a swallowed InterruptedException", "while (true) { try { Thread.sleep(1_000_000); } catch (InterruptedException e) { } }"),
    in_jdk("joining a thread that swallows InterruptedException", "var deaf = new Thread(() -> { while (true) { try { Thread.sleep(1_000_000); } catch (InterruptedException e) { } } });\ndeaf.start();\nwhile (true) { try { deaf.join(); } catch (InterruptedException e) { } }"),
    in_jdk("an empty queue", "new ArrayBlockingQueue<Integer>(1).take()"),
    in_jdk("a full queue", "var full = new ArrayBlockingQueue<Integer>(1);\nwhile (true) full.put(1);"),
    in_jdk("a latch", "new CountDownLatch(1).await();"),
    in_jdk("a barrier", "new CyclicBarrier(2).await()"),
    in_jdk("an exchanger", "new Exchanger<Integer>().exchange(1)"),
    in_jdk("a pool's get", "var waiting = Executors.newFixedThreadPool(1);\nwaiting.submit(() -> { Thread.sleep(1_000_000); return 1; }).get()"),
    in_jdk("closing a pool whose tasks sleep on", "try (var pool = Executors.newVirtualThreadPerTaskExecutor()) { for (int i = 0; i < 100; i++) pool.submit(() -> { while (true) { try { Thread.sleep(1_000_000); } catch (InterruptedException e) { } } }); }"),
    in_jdk("a thousand virtual threads asleep", "var asleep = new ArrayList<Thread>();\nfor (int i = 0; i < 1_000; i++) asleep.add(Thread.ofVirtual().start(() -> { try { Thread.sleep(1_000_000); } catch (InterruptedException e) { } }));\nfor (var thread : asleep) thread.join();"),
    in_jdk("a selector", "java.nio.channels.Selector.open().select()"),
    in_jdk("a socket channel", "var server = java.nio.channels.ServerSocketChannel.open().bind(null);\nvar client = java.nio.channels.SocketChannel.open(server.getLocalAddress());\nclient.read(java.nio.ByteBuffer.allocate(1))"),
    in_jdk("a pipe", "new PipedInputStream(new PipedOutputStream()).read()"),
    in_jdk("another program", 'new ProcessBuilder("sleep", "1000").start().waitFor()'),
    # Waits that do not.
    in_jdk("park in a loop", "while (true) LockSupport.park();"),
    in_jdk("a lock that another holds", "taken.lock();", "waits for taken", '"keeper"'),
    in_jdk("a read lock behind a writer", "written.readLock().lock();", '"keeper"'),
    in_jdk("a stamped lock taken twice", "var stamped = new StampedLock();\nstamped.writeLock();\nstamped.writeLock()"),
    in_jdk("a semaphore that hears nothing", "new Semaphore(0).acquireUninterruptibly();"),
    in_jdk("a condition that hears nothing", "var own = new ReentrantLock();\nown.lock();\nown.newCondition().awaitUninterruptibly();"),
    in_jdk("a phaser", "var phaser = new Phaser(2);\nphaser.awaitAdvance(phaser.arrive())"),
    in_jdk("joining a future", "new CompletableFuture<Integer>().join()", "CompletableFuture.join"),
    in_jdk("a task that joins itself", "var pool = new ForkJoinPool(1);\npool.submit(() -> pool.submit(() -> 1).join()).join();\nnew CompletableFuture<Integer>().join()"),
    in_jdk("synchronized held by another", "synchronized (held) { }", "waits for held", '"holder"'),
    in_jdk("synchronized held by another, in a virtual thread", "var blocked = Thread.ofVirtual().start(() -> { synchronized (held) { } });\nblocked.join();", "waits for held", '"holder"'),
    in_jdk(
        "a deadlock that the cell joins",
        "Object a = new Object(), b = new Object();\nvar both = new CyclicBarrier(2);\n"
        "void meet() { try { both.await(); } catch (Exception e) { } }\n"
        'var left = new Thread(() -> { synchronized (a) { meet(); synchronized (b) { } } }, "left");\n'
        'var right = new Thread(() -> { synchronized (b) { meet(); synchronized (a) { } } }, "right");\n'
        "left.start(); right.start(); left.join();",
        '"left"', '"right"', "waits for a", "waits for b",
    ),
    in_jdk(
        "a deadlock in class initialisers",
        "var gate = new CyclicBarrier(2);\n"
        "void through() { try { gate.await(); } catch (Exception e) { } }\n"
        "class First { static { through(); Second.touch(); } static void touch() { } }\n"
        "class Second { static { through(); First.touch(); } static void touch() { } }\n"
        "var one = new Thread(First::touch);\none.start();\nSecond.touch();",
    ),
    in_jdk("a socket's accept", "new ServerSocket(0).accept()", "ServerSocket.accept"),
    in_jdk("a socket's read", 'var server = new ServerSocket(0);\nvar socket = new Socket("localhost", server.getLocalPort());\nsocket.getInputStream().read()'),
    in_jdk("a datagram", "new DatagramSocket(0).receive(new DatagramPacket(new byte[1], 1));"),
    in_jdk("reading what another program never says", 'new ProcessBuilder("sleep", "1000").start().getInputStream().read()'),
    # Long work inside the JDK.
    in_jdk("backtracking of a regular expression", 'Pattern.matches("(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)y", "x".repeat(300))'),
    in_jdk("a BigInteger", "new BigInteger(200_000, new Random(1)).setBit(0).isProbablePrime(1000)"),
    in_jdk("a stream without end or callback", "new Random().ints().sum()"),
    in_jdk("a stream with callbacks", "LongStream.iterate(0, i -> i + 1).filter(i -> i < 0).findFirst()"),
    in_jdk("sorting again and again", "int[] numbers = new Random(1).ints(5_000_000).toArray();\nwhile (true) Arrays.sort(numbers.clone());"),
    in_jdk("sorting with a comparator", "var words = new ArrayList<>(IntStream.range(0, 3_000_000).boxed().toList());\nwhile (true) { Collections.shuffle(words, new Random(1)); words.sort((a, b) -> a.compareTo(b)); }"),
    in_jdk("a list of lists of lists, hashed", "List<Object> deep = List.of();\nfor (int i = 0; i < 60; i++) deep = List.of(deep, deep);\ndeep.hashCode()"),
    in_jdk("printing for ever", 'while (true) System.out.println("again");'),
    in_jdk("printing for ever from many threads", 'for (int i = 0; i < 4; i++) new Thread(() -> { while (true) System.out.println("again"); }).start();\nThread.sleep(1_000_000);'),
    in_jdk("starting threads for ever", "while (true) { var short_ = new Thread(() -> { }); short_.start(); short_.join(); }"),
    in_jdk("allocating for ever", "long made = 0;\nwhile (true) made += new byte[100_000].length;"),
]
