package threadbook.lab.explore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.IntStream;
import threadbook.lab.Lab;
import threadbook.lab.gil.GlobalLock;
import threadbook.lab.thread.Body;

/// One small program for each line of the table of models.
@SuppressWarnings({"unused", "FutureReturnValueIgnored"}) // called by name, in a loader that weaves them
public final class ModelPrograms {
    static int x;
    static int y;
    static int seen;
    static final VarHandle X;

    static {
        try {
            X = MethodHandles.lookup().findStaticVarHandle(ModelPrograms.class, "x", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static final class Box {
        static final VarHandle V;
        int v;

        static {
            try {
                V = MethodHandles.lookup().findVarHandle(Box.class, "v", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    static Box box = new Box();
    static CyclicBarrier barrier;
    static ReentrantReadWriteLock rw = new ReentrantReadWriteLock();
    static BlockingQueue<Integer> queue;
    static Thread parked;
    static final Map<Integer, Integer> earlier = new HashMap<>();
    static final List<Integer> list = new ArrayList<>();
    static final ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
    static List<Integer> guarded;
    static final AtomicIntegerArray array = new AtomicIntegerArray(2);
    static final AtomicInteger atomic = new AtomicInteger();
    static int[] ints = new int[2];
    static StringBuilder text = new StringBuilder();

    private ModelPrograms() {}

    private static Exploration setup(threadbook.lab.thread.Body body) {
        return Exploration.of(() -> {
            x = 0;
            y = 0;
            seen = 0;
            body.run();
        });
    }

    public static Outcomes cyclicBarrier() {
        return setup(() -> barrier = new CyclicBarrier(2, () -> y++))
                .thread(() -> {
                    x++;
                    barrier.await();
                    barrier.await();
                })
                .thread(() -> {
                    barrier.await();
                    seen = x;
                    barrier.await();
                })
                .outcome(() -> seen + " after " + y);
    }

    public static Outcomes globalLock() {
        GlobalLock gil = GlobalLock.of(5);
        Map<String, Integer> map = new HashMap<>();
        Body increase = () -> gil.run(() -> map.put("k", map.get("k") + 1));
        return Lab.explore(() -> map.put("k", 0))
                .thread("T1", increase)
                .thread("T2", increase)
                .outcome(() -> map.get("k"));
    }

    public static Outcomes globalLockChecked() {
        GlobalLock gil = GlobalLock.of(5);
        Map<String, Integer> map = new HashMap<>();
        Body increase = () -> gil.run(() -> {
            int value = map.get("k");
            gil.check();
            map.put("k", value + 1);
        });
        return Lab.explore(() -> map.put("k", 0))
                .thread("T1", increase)
                .thread("T2", increase)
                .outcome(() -> map.get("k"));
    }

    public static Outcomes readWriteLock() {
        return setup(() -> rw = new ReentrantReadWriteLock())
                .thread(() -> write())
                .thread(() -> {
                    rw.readLock().lock();
                    seen = x - y;
                    rw.readLock().unlock();
                })
                .thread(() -> {
                    rw.readLock().lock();
                    rw.readLock().unlock();
                })
                .outcome(() -> seen);
    }

    private static void write() {
        rw.writeLock().lock();
        x++;
        y++;
        rw.writeLock().unlock();
    }

    private static Outcomes handsOver(java.util.function.Supplier<BlockingQueue<Integer>> made) {
        return setup(() -> queue = made.get())
                .thread(() -> {
                    x = 7;
                    queue.put(1);
                    queue.put(2);
                })
                .thread(() -> {
                    int sum = queue.take() + queue.take();
                    seen = sum + x;
                })
                .outcome(() -> seen);
    }

    public static Outcomes arrayBlockingQueue() {
        return handsOver(() -> new ArrayBlockingQueue<>(1));
    }

    public static Outcomes linkedBlockingDeque() {
        return handsOver(() -> new LinkedBlockingDeque<>(1));
    }

    public static Outcomes priorityBlockingQueue() {
        return handsOver(() -> new PriorityBlockingQueue<>());
    }

    public static Outcomes synchronousQueue() {
        return handsOver(() -> new SynchronousQueue<>());
    }

    public static Outcomes fullQueue() {
        return setup(() -> queue = new ArrayBlockingQueue<>(1))
                .thread(() -> {
                    queue.put(1);
                    queue.put(2);
                })
                .thread(() -> queue.poll())
                .outcome(() -> queue.size());
    }

    public static Outcomes parking() {
        return setup(() -> {})
                .thread(() -> {
                    parked = Thread.currentThread();
                    y = 1;
                    LockSupport.park();
                    seen = x;
                })
                .thread(() -> {
                    if (y == 1) {
                        x = 5;
                        LockSupport.unpark(parked);
                    }
                })
                .outcome(() -> seen);
    }

    public static Outcomes varHandle() {
        return setup(() -> {})
                .thread(() -> X.getAndAdd(1))
                .thread(() -> X.getAndAdd(1))
                .outcome(() -> x);
    }

    public static Outcomes varHandleOfField() {
        return setup(() -> box = new Box())
                .thread(() -> Box.V.compareAndSet(box, 0, 1))
                .thread(() -> box.v = box.v + 10)
                .outcome(() -> box.v);
    }

    public static Outcomes atomicArray() {
        return setup(() -> {})
                .thread(() -> array.incrementAndGet(1))
                .thread(() -> array.incrementAndGet(1))
                .outcome(() -> array.get(1));
    }

    public static Outcomes atomicCallsBack() {
        return setup(() -> {})
                .thread(() -> atomic.updateAndGet(old -> old + x++))
                .thread(() -> x++)
                .outcome(() -> x);
    }

    public static Outcomes concurrentMap() {
        return setup(() -> {})
                .thread(() -> map.merge("a", 1, Integer::sum))
                .thread(() -> map.merge("a", 1, Integer::sum))
                .outcome(() -> map.get("a"));
    }

    public static Outcomes checkThenAct() {
        return setup(() -> {})
                .thread(() -> increase("a"))
                .thread(() -> increase("a"))
                .outcome(() -> map.get("a"));
    }

    private static void increase(String key) {
        Integer old = map.get(key);
        map.put(key, old == null ? 1 : old + 1);
    }

    public static Outcomes computes() {
        return setup(() -> {})
                .thread(() -> map.compute("a", (_, _) -> ++x))
                .thread(() -> map.compute("a", (_, _) -> ++x))
                .outcome(() -> x);
    }

    public static Outcomes hashMap() {
        return setup(() -> {})
                .thread(() -> earlier.put(1, 1))
                .thread(() -> earlier.get(1))
                .outcome(() -> "done");
    }

    public static Outcomes arrayList() {
        return setup(() -> {})
                .thread(() -> list.add(1))
                .thread(() -> list.add(2))
                .outcome(() -> list.size());
    }

    public static Outcomes iterates() {
        return setup(() -> guarded = Collections.synchronizedList(new ArrayList<>(List.of(1, 2))))
                .thread(() -> {
                    for (int each : guarded) {
                        seen += each;
                    }
                })
                .thread(() -> guarded.add(3))
                .outcome(() -> "sum " + seen);
    }

    public static Outcomes iteratesLocked() {
        return setup(() -> guarded = Collections.synchronizedList(new ArrayList<>(List.of(1, 2))))
                .thread(() -> {
                    synchronized (guarded) {
                        for (int each : guarded) {
                            seen += each;
                        }
                    }
                })
                .thread(() -> guarded.add(3))
                .outcome(() -> "sum " + seen);
    }

    public static Outcomes vector() {
        return setup(() -> guarded = new Vector<>())
                .thread(() -> guarded.add(1))
                .thread(() -> guarded.add(2))
                .outcome(() -> guarded.size());
    }

    public static Outcomes copyOnWrite() {
        return setup(() -> guarded = new CopyOnWriteArrayList<>(List.of(1)))
                .thread(() -> {
                    for (int each : guarded) {
                        seen += each;
                    }
                })
                .thread(() -> guarded.add(2))
                .outcome(() -> seen);
    }

    public static Outcomes linkedQueue() {
        var all = new ConcurrentLinkedQueue<Integer>();
        return setup(() -> {})
                .thread(() -> all.add(1))
                .thread(() -> seen = all.size())
                .outcome(() -> seen + " of " + all.size());
    }

    public static Outcomes builder() {
        return setup(() -> text = new StringBuilder())
                .thread(() -> text.append("a"))
                .thread(() -> text.append("b"))
                .outcome(() -> text.length());
    }

    public static Outcomes fills() {
        return setup(() -> ints = new int[2])
                .thread(() -> Arrays.fill(ints, 1))
                .thread(() -> seen = ints[0] + ints[1])
                .outcome(() -> seen);
    }

    public static Outcomes threads() {
        return setup(() -> {})
                .thread(() -> {
                    Thread one = new Thread(() -> x++);
                    Thread two = Thread.ofVirtual().start(() -> x++);
                    one.start();
                    one.join();
                    two.join();
                })
                .outcome(() -> x);
    }

    public static Outcomes labThreads() {
        return setup(() -> {})
                .thread(() -> {
                    Thread one = Lab.thread("one", () -> x = 1).start();
                    seen = x;
                    one.join();
                })
                .outcome(() -> seen + " then " + x);
    }

    public static Outcomes parallel() {
        return setup(() -> {}).thread(() -> Lab.parallel(2, i -> x++)).outcome(() -> x);
    }

    public static Outcomes alive() {
        return setup(() -> {})
                .thread(() -> {
                    Thread one = Thread.ofPlatform().start(() -> x = 1);
                    seen = one.isAlive() ? 1 : 0;
                    one.join();
                })
                .outcome(() -> seen);
    }

    public static Outcomes interrupts() {
        return setup(() -> {})
                .thread(() -> {
                    Thread one = Thread.ofPlatform().start(() -> {
                        try {
                            Thread.sleep(1000);
                            x = 1;
                        } catch (InterruptedException _) {
                            x = 2;
                        }
                    });
                    one.interrupt();
                    one.join();
                })
                .outcome(() -> x);
    }

    public static Outcomes fixedPool() {
        return setup(() -> {})
                .thread(() -> {
                    var pool = Executors.newFixedThreadPool(2);
                    var one = pool.submit(() -> x++);
                    var two = pool.submit(() -> x++);
                    one.get();
                    two.get();
                })
                .outcome(() -> x);
    }

    public static Outcomes singlePool() {
        return setup(() -> {})
                .thread(() -> {
                    try (var pool = Executors.newSingleThreadExecutor()) {
                        pool.submit(() -> x++);
                        pool.execute(() -> x++);
                    }
                })
                .outcome(() -> x);
    }

    public static Outcomes virtualPool() {
        return setup(() -> {})
                .thread(() -> {
                    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                        List<java.util.concurrent.Callable<Integer>> all = List.of(() -> x = 1, () -> x = 2);
                        for (var each : pool.invokeAll(all)) {
                            seen += each.get();
                        }
                        pool.shutdown();
                        pool.awaitTermination(1, TimeUnit.SECONDS);
                    }
                })
                .outcome(() -> seen + " " + x);
    }

    public static Outcomes starved() {
        return setup(() -> {})
                .thread(() -> {
                    var pool = Executors.newFixedThreadPool(1);
                    pool.submit(() -> pool.submit(() -> x = 1).get()).get();
                })
                .outcome(() -> x);
    }

    public static Outcomes futures() {
        return setup(() -> {})
                .thread(() -> {
                    var one = CompletableFuture.supplyAsync(() -> 20);
                    var two = CompletableFuture.supplyAsync(() -> 1).thenApply(n -> n + 1);
                    seen = one.thenCombine(two, (a, b) -> a + b).join();
                })
                .outcome(() -> seen);
    }

    public static Outcomes futuresRace() {
        return setup(() -> {})
                .thread(() -> {
                    var one = CompletableFuture.runAsync(() -> x++);
                    var two = CompletableFuture.runAsync(() -> x++).thenRunAsync(() -> y = 1);
                    CompletableFuture.allOf(one, two).join();
                })
                .outcome(() -> x + " " + y);
    }

    public static Outcomes firstWins() {
        return setup(() -> {})
                .thread(() -> {
                    var done = new CompletableFuture<Integer>();
                    Thread.ofVirtual().start(() -> done.complete(1));
                    Thread.ofVirtual().start(() -> done.complete(2));
                    seen = done.get();
                })
                .outcome(() -> seen);
    }

    public static Outcomes clock() {
        return setup(() -> {})
                .thread(() -> {
                    long begin = System.nanoTime();
                    Thread.sleep(5);
                    seen = System.nanoTime() > begin ? 1 : 0;
                })
                .outcome(() -> seen);
    }

    public static Outcomes seeded() {
        return setup(() -> {})
                .thread(() -> x = new Random(1).nextInt(10))
                .thread(() -> y = 1)
                .outcome(() -> x >= 0);
    }

    public static Outcomes phaser() {
        return setup(() -> {}).thread(() -> new Phaser(1).arrive()).outcome(() -> x);
    }

    public static Outcomes exchanger() {
        return setup(() -> {})
                .thread(() -> new Exchanger<Integer>().exchange(1))
                .outcome(() -> x);
    }

    static final StampedLock stamped = new StampedLock();
    static final LongAdder adder = new LongAdder();

    public static Outcomes stampedLock() {
        return setup(() -> {})
                .thread(() -> stamped.unlockWrite(stamped.writeLock()))
                .outcome(() -> x);
    }

    public static Outcomes longAdder() {
        return setup(() -> {}).thread(() -> adder.add(1)).outcome(() -> x);
    }

    public static Outcomes commonPool() {
        return setup(() -> {})
                .thread(() -> ForkJoinPool.commonPool().submit(() -> x++))
                .outcome(() -> x);
    }

    public static Outcomes parallelStream() {
        return setup(() -> {})
                .thread(() -> IntStream.range(0, 9).parallel().forEach(_ -> x++))
                .outcome(() -> x);
    }

    public static Outcomes parallelCollection() {
        return setup(() -> {}).thread(() -> list.parallelStream().count()).outcome(() -> x);
    }

    public static Outcomes timer() {
        return setup(() -> {}).thread(() -> new java.util.Timer().cancel()).outcome(() -> x);
    }

    public static Outcomes reads() {
        return setup(() -> {}).thread(() -> System.in.read()).outcome(() -> x);
    }

    public static Outcomes file() {
        return setup(() -> {})
                .thread(() -> java.nio.file.Files.exists(java.nio.file.Path.of("x")))
                .outcome(() -> x);
    }

    public static Outcomes process() {
        return setup(() -> {}).thread(() -> new ProcessBuilder("true").start()).outcome(() -> x);
    }

    public static Outcomes random() {
        return setup(() -> {}).thread(() -> x = (int) (Math.random() * 10)).outcome(() -> x);
    }

    public static Outcomes unseeded() {
        return setup(() -> {}).thread(() -> x = new Random().nextInt()).outcome(() -> x);
    }

    public static Outcomes reference() {
        return setup(() -> {})
                .thread(() -> {
                    Runnable lock = rw.writeLock()::lock;
                    lock.run();
                })
                .thread(() -> x++)
                .outcome(() -> x);
    }
}
