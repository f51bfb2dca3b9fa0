/// What calls into the JDK do while a program is explored, one class for each family of them.
///
/// A synchroniser is never touched itself where it could block: its state in a schedule is kept here, made
/// from the real one's when it is first used. So a schedule that ends in a deadlock leaves nothing locked.
///
/// | class of the JDK | how | test |
/// |---|---|---|
/// | `synchronized`, `wait`, `notify` | played; each waiter that a notify may wake is a branch | `FuzzTest` |
/// | `ReentrantLock`, `Condition` | played | `FuzzTest` |
/// | `ReentrantReadWriteLock` | played; its sides are asked for while exploring | `readWriteLock` |
/// | `Semaphore`, `CountDownLatch` | played | `FuzzTest` |
/// | `Lab.globalLock` | played; at every `check` it may change hands | `globalLock` |
/// | `CyclicBarrier` | played; to arrive and to go on are a step each | `cyclicBarrier` |
/// | `Array-`, `Linked-`, `PriorityBlockingQueue`, `LinkedBlockingDeque` | the real one, called where it need not wait
/// | `arrayBlockingQueue` |
/// | `SynchronousQueue` | `put` and `take` played, the rest refused | `synchronousQueue` |
/// | `AtomicInteger`, `-Long`, `-Boolean`, `-Reference` and arrays | the real one, a step a call | `atomicArray` |
/// | `VarHandle` | a step on the location that plain accesses use | `varHandleOfField` |
/// | `ConcurrentHashMap`, `-LinkedQueue`, `-SkipList…`, `CopyOnWrite…` | the real one, a step a call | `concurrentMap`
/// |
/// | `Vector`, `Hashtable`, `StringBuffer`, `Collections.synchronized…` | a step that needs the object's monitor |
/// `iterates` |
/// | `HashMap`, `ArrayList`, `StringBuilder` and all other objects | a step that nothing orders, put back afterwards or
/// refused | `hashMap` |
/// | `Arrays`, `System.arraycopy` | a step that touches all elements | `fills` |
/// | `Thread`, its builders, `Lab.thread`, `parallel` | threads of the program | `threads`, `labThreads` |
/// | `LockSupport` | played | `parking` |
/// | `Executors`: fixed, single, cached, one thread a task; their futures | played; workers are threads of the program
/// | `fixedPool` |
/// | `CompletableFuture` | the real one, a step a call and one at the end of each function | `futures` |
/// | `sleep`, `TimeUnit`, `nanoTime`, `Instant.now` | no time passes; a clock that is the same each time | `clock` |
/// | `Random` with a seed, made anew each time | the real one | `seeded` |
/// | other random numbers, `Phaser`, `Exchanger`, `StampedLock`, `LongAdder`, common pool, parallel streams, `Timer`,
/// input, files, processes, references to methods of such classes | refused with the place |
/// `what_is_not_modelled_is_named_with_its_place` |
@NullMarked
package threadbook.lab.explore.model;

import org.jspecify.annotations.NullMarked;
