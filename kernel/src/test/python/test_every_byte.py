"""What is printed appears once, whole, in its thread's order, under the cell whose it is."""

import re

import pytest
from kernels import Kernel


@pytest.fixture(scope="module")
def kernel():
    with Kernel() as running:
        running.run(
            "int kept = 77;\n"
            "var old = Executors.newFixedThreadPool(1, Thread.ofPlatform().daemon().factory());\n"
            "var clock = Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());\n"
            "var timer = new Timer(true);\n"
            "var forks = new ForkJoinPool(2);\n"
            "var virtual = Executors.newVirtualThreadPerTaskExecutor();\n"
            # Each has made its workers, so that none of them belongs to the cell that uses it later.
            "for (ExecutorService one : List.of(old, clock, forks, virtual)) one.submit(() -> 1).get();\n"
            "var mailbox = new LinkedBlockingQueue<Runnable>();\n"
        )
        yield running


# How a cell hands a task to a thread. The task prints when the gate opens, long after the cell has ended.
HANDED = {
    "a platform thread": "Thread.ofPlatform().start(task);",
    "a virtual thread": "Thread.ofVirtual().start(task);",
    "a thread that inherits nothing": "Thread.ofPlatform().inheritInheritableThreadLocals(false).start(task);",
    "a thread of a thread": "Thread.ofPlatform().start(() -> Thread.ofVirtual().start(task));",
    "a new pool": "Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().factory()).execute(task);",
    "a pool of an earlier cell": "old.submit(task);",
    "a pool of virtual threads of an earlier cell": "virtual.submit(task);",
    "a scheduled pool of an earlier cell": "clock.schedule(task, 1, TimeUnit.MILLISECONDS);",
    "a timer of an earlier cell": "timer.schedule(new TimerTask() { public void run() { task.run(); } }, 1);",
    "a fork-join pool of an earlier cell": "forks.submit(task);",
    "the common pool": "ForkJoinPool.commonPool().execute(task);",
    "a CompletableFuture": "CompletableFuture.runAsync(task);",
    "a CompletableFuture on a pool of an earlier cell": "CompletableFuture.runAsync(task, old);",
    "a later stage of a CompletableFuture": "CompletableFuture.supplyAsync(() -> 1).thenAcceptAsync(n -> task.run());",
    "a delayed CompletableFuture": "CompletableFuture.runAsync(task, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));",
    "a structured task": "Thread.ofVirtual().start(() -> { try (var scope = StructuredTaskScope.open()) { scope.fork(task); scope.join(); } catch (InterruptedException e) { } });",
    "a parallel stream": "Thread.ofPlatform().start(() -> IntStream.range(0, 1).parallel().forEach(i -> task.run()));",
    "a thread whose interrupt flag is set": "var hurried = new Thread(() -> { Thread.currentThread().interrupt(); task.run(); });\nhurried.start();",
}


@pytest.mark.parametrize("way", HANDED)
def test_a_task_prints_under_the_cell_that_handed_it_over(kernel, way):
    kernel.run("var gate = new CountDownLatch(1); var printed = new CountDownLatch(1);")
    owner = kernel.run(
        "Runnable task = () -> {\n"
        "    while (gate.getCount() > 0) { try { gate.await(); } catch (InterruptedException e) { Thread.currentThread().interrupt(); LockSupport.parkNanos(1_000_000); } }\n"
        '    System.out.println("late"); System.err.println("later"); printed.countDown();\n'
        "};\n" + HANDED[way]
    )
    assert owner.status == "ok", owner.reply["content"]
    other = kernel.run('gate.countDown(); printed.await(); System.out.println("mine");')
    kernel.settle()

    assert owner.text() == "late\n"
    assert owner.text("stderr") == "later\n"
    assert other.text() == "mine\n"
    assert other.text("stderr") == ""


# The code was written in one cell and is handed over by another: whose it is says who handed it over.
STORED = {
    "a platform thread": "new Thread(shared).start();",
    "a virtual thread": "Thread.startVirtualThread(shared);",
    "a pool of an earlier cell": "old.submit(shared);",
    "a pool that executes it": "old.execute(shared);",
    "a fork-join pool": "forks.execute(shared);",
    "a pool of virtual threads": "virtual.submit(shared);",
    "a scheduled pool of an earlier cell": "clock.schedule(shared, 1, TimeUnit.MILLISECONDS);",
    "the common pool": "CompletableFuture.runAsync(shared);",
    "a CompletableFuture on a pool": "CompletableFuture.runAsync(shared, old);",
    "a later stage on a pool": "CompletableFuture.completedFuture(1).thenRunAsync(shared, old);",
    "a stage that another thread completes": "var first = new CompletableFuture<Integer>(); first.thenRun(shared); old.submit(() -> first.complete(1));",
    "a list of tasks": "old.invokeAll(List.of(Executors.callable(shared)));",
    "an object of an earlier class": "old.execute(new Speaker());",
}


@pytest.mark.parametrize("way", STORED)
def test_a_task_written_in_an_earlier_cell_prints_under_the_cell_that_handed_it_over(kernel, way):
    writer = kernel.run('var said = new CountDownLatch(1);\nRunnable shared = () -> { System.out.println("shared"); said.countDown(); };\nclass Speaker implements Runnable { public void run() { shared.run(); } }')
    submitter = kernel.run(STORED[way])
    other = kernel.run("said.await();")
    kernel.settle()

    assert (writer.text(), submitter.text(), other.text()) == ("", "shared\n", "")


def test_lines_of_many_threads_are_whole_and_in_each_thread_s_order(kernel):
    threads, lines = 8, 2_000
    run = kernel.run(
        "var team = new ArrayList<Thread>();\n"
        f"for (int i = 0; i < {threads}; i++) {{\n"
        "    int me = i;\n"
        "    Thread.Builder kind = i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();\n"
        f'    team.add(kind.start(() -> {{ for (int j = 0; j < {lines}; j++) System.out.println(me + ":" + j + ":" + "x".repeat(j % 200)); }}));\n'
        "}\n"
        "for (var one : team) one.join();"
    )
    kernel.settle()

    printed = run.text().splitlines()
    assert len(printed) == threads * lines
    for me in range(threads):
        mine = [line for line in printed if line.startswith(f"{me}:")]
        assert mine == [f"{me}:{j}:{'x' * (j % 200)}" for j in range(lines)]


def test_lines_printed_in_pieces_are_whole(kernel):
    run = kernel.run(
        "var team = new ArrayList<Thread>();\n"
        "for (int i = 0; i < 4; i++) {\n"
        "    int me = i;\n"
        '    team.add(Thread.ofPlatform().start(() -> { for (int j = 0; j < 500; j++) { System.out.print(me + "("); System.out.print(j); System.out.println(")"); } }));\n'
        "}\n"
        "for (var one : team) one.join();"
    )
    kernel.settle()

    assert sorted(run.text().splitlines()) == sorted(f"{me}({j})" for me in range(4) for j in range(500))


def test_late_lines_of_several_cells_appear_under_each_while_another_runs(kernel):
    cells = [
        kernel.run(
            f'var t{i} = Thread.ofVirtual().start(() -> {{ for (int j = 0; j < 20; j++) {{ System.out.println("{i}:" + j); try {{ Thread.sleep(10); }} catch (InterruptedException e) {{ }} }} }});'
        )
        for i in range(5)
    ]
    last = kernel.run('for (int j = 0; j < 20; j++) { System.out.println("last:" + j); Thread.sleep(10); }\n' + "".join(f"t{i}.join();" for i in range(5)))
    kernel.settle()

    for i, cell in enumerate(cells):
        assert cell.text() == "".join(f"{i}:{j}\n" for j in range(20))
    assert last.text() == "".join(f"last:{j}\n" for j in range(20))


@pytest.mark.parametrize(
    ("start", "name"),
    [
        ('new Thread(() -> work(), "worker").start();', "worker"),
        ('Thread.ofVirtual().name("light").start(() -> work());', "light"),
        ("old.execute(() -> work());", "Thread"),
        ("Runnable pooled = () -> work();\nold.execute(pooled);", "Thread"),
        ("forks.execute(() -> work());", "ForkJoinPool"),
    ],
    ids=["a platform thread", "a virtual thread", "a pool of an earlier cell", "a stored task", "a fork-join pool"],
)
def test_an_uncaught_exception_of_a_thread_is_shown_under_its_cell_on_stderr(kernel, start, name):
    prepared = kernel.run('var gate = new CountDownLatch(1);\nvoid work() { try { gate.await(); } catch (InterruptedException e) { }\n    throw new IllegalStateException("no more"); }')
    number = prepared.reply["content"]["execution_count"]
    owner = kernel.run(start)
    kernel.run("gate.countDown();")
    kernel.until(lambda: "no more" in owner.text("stderr"))
    kernel.settle()

    said = owner.text("stderr")
    assert name in said
    assert "IllegalStateException" in said
    assert re.search(rf"at work \(cell {number}, line 3\)", said), said
    assert "threadbook.kernel" not in said
    assert "REPL." not in said
    assert owner.contents("error") == []


def test_printing_throws_nothing_into_a_thread_whose_interrupt_flag_is_set_and_keeps_the_flag(kernel):
    run = kernel.run(
        "Thread.currentThread().interrupt();\n"
        'for (int i = 0; i < 1_000; i++) System.out.println("line " + i);\n'
        "Thread.interrupted()"
    )

    assert run.result == "true"
    assert run.text() == "".join(f"line {i}\n" for i in range(1_000))


# What programs do to their standard streams; each prints "told" in the end.
STREAMS = {
    "written byte by byte": 'for (byte b : "told\\n".getBytes()) System.out.write(b);',
    "a byte of a character at a time": 'for (byte b : "дело\\ntold\\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)) System.out.write(b);',
    "closed, then printed": 'System.out.close(); System.out.println("told");',
    "closed by a writer around it": 'try (var w = new PrintWriter(System.out)) { w.println("told"); }',
    "a writer that is flushed": 'var w = new PrintWriter(System.out); w.println("told"); w.flush();',
    "a format": 'System.out.printf("%s%n", "told");',
    "characters": 'System.out.print(new char[] {(char) 116, (char) 111, (char) 108, (char) 100}); System.out.append((char) 10);',
    "IO": 'IO.println("told");',
    "while another thread holds its lock": 'var o = System.out;\nvar in = new CountDownLatch(1);\nvar t = Thread.ofVirtual().start(() -> { synchronized (o) { in.countDown(); LockSupport.parkNanos(200_000_000); } });\nin.await(); System.out.println("told"); t.join();',
    "a redirected stream that goes back": 'var before = System.out; System.setOut(new PrintStream(OutputStream.nullOutputStream())); System.out.println("lost"); System.setOut(before); System.out.println("told");',
}


@pytest.mark.parametrize("way", STREAMS)
def test_the_output_is_complete_however_it_was_written(kernel, way):
    run = kernel.run(STREAMS[way])
    after = kernel.run('System.out.println("after");')

    assert run.text().endswith("told\n"), run.reply["content"]
    assert "lost" not in run.text()
    assert after.text() == "after\n"


def test_half_a_line_is_shown_when_the_cell_ends(kernel):
    assert kernel.run('System.out.print("half");').text() == "half"
