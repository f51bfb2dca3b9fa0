"""Threads that wait for each other are reported while the cell is busy, and nothing else is."""

import re

import pytest
from kernels import Kernel, cpu_seconds

MEET = "var both = new CyclicBarrier({0});\nvoid meet() {{ try {{ both.await(); }} catch (Exception e) {{ }} }}\n"

# Each line of a cell takes one lock, so that every lock has a line of its own.
MONITORS = """
void one() { synchronized (a) {
    meet();
    synchronized (b) { } } }
void two() { synchronized (b) {
    meet();
    synchronized (a) { } } }
"""
LOCKS = """
void one() { a.lock();
    meet();
    b.lock(); }
void two() { b.lock();
    meet();
    a.lock(); }
"""
MIXED = """
void one() { synchronized (a) {
    meet();
    b.lock(); } }
void two() { b.lock();
    meet();
    synchronized (a) { } }
"""
OBJECTS = "Object a = new Object(), b = new Object();\n"
REENTRANT = "var a = new ReentrantLock(); var b = new ReentrantLock();\n"


def started(first: str, second: str) -> str:
    return f'var t1 = Thread.{first}().name("one").start(() -> one());\nvar t2 = Thread.{second}().name("two").start(() -> two());\nt1.join();'


DEADLOCKS = {
    "monitors of platform threads": (OBJECTS + MEET.format(2) + MONITORS + started("ofPlatform", "ofPlatform"), ["one", "two"], 4),
    "monitors of virtual threads": (OBJECTS + MEET.format(2) + MONITORS + started("ofVirtual", "ofVirtual"), ["one", "two"], 4),
    "monitors, one thread virtual": (OBJECTS + MEET.format(2) + MONITORS + started("ofPlatform", "ofVirtual"), ["one", "two"], 4),
    "locks of platform threads": (REENTRANT + MEET.format(2) + LOCKS + started("ofPlatform", "ofPlatform"), ["one", "two"], 4),
    "locks of virtual threads": (REENTRANT + MEET.format(2) + LOCKS + started("ofVirtual", "ofVirtual"), ["one", "two"], 4),
    "a monitor and a lock": (
        "Object a = new Object(); var b = new ReentrantLock();\n" + MEET.format(2) + MIXED + started("ofPlatform", "ofVirtual"),
        ["one", "two"],
        4,
    ),
    "the cell's own thread in it": (
        OBJECTS + MEET.format(2) + MONITORS + 'Thread.ofPlatform().name("one").start(() -> one());\ntwo();',
        ["one", "cell"],
        4,
    ),
    "tasks of a pool": (
        OBJECTS + MEET.format(2) + MONITORS + "var pool = Executors.newFixedThreadPool(2);\npool.submit(() -> one());\npool.submit(() -> two()).get();",
        ["pool-", "pool-"],
        4,
    ),
    "philosophers": (
        "Object[] forks = {new Object(), new Object(), new Object()};\n" + MEET.format(3) + "void dine(int seat) { synchronized (forks[seat]) {\n"
        "    meet();\n    synchronized (forks[(seat + 1) % 3]) { } } }\n"
        'var seats = new ArrayList<Thread>();\nfor (int i = 0; i < 3; i++) { int seat = i; seats.add(Thread.ofPlatform().name("p" + i).start(() -> dine(seat))); }\n'
        "for (var seat : seats) seat.join();",
        ["p0", "p1", "p2"],
        6,
    ),
    "all in one line": (
        OBJECTS + MEET.format(2) + 'var t1 = new Thread(() -> { synchronized (a) { meet(); synchronized (b) { } } }, "one");\n'
        'var t2 = new Thread(() -> { synchronized (b) { meet(); synchronized (a) { } } }, "two");\n'
        "t1.start(); t2.start(); t1.join();",
        ["one", "two"],
        4,
    ),
    "synchronized methods": (
        "class Account { synchronized void pay(Account to) { meet();\n    to.take(); }\n    synchronized void take() { } }\n"
        "var a = new Account(); var b = new Account();\n" + MEET.format(2) + "void one() { a.pay(b); }\nvoid two() { b.pay(a); }\n" + started("ofPlatform", "ofPlatform"),
        ["one", "two"],
        4,
    ),
    "a writer and a writer": (
        "var a = new ReentrantReadWriteLock(); var b = new ReentrantReadWriteLock();\n" + MEET.format(2)
        + "void one() { a.writeLock().lock();\n    meet();\n    b.writeLock().lock(); }\n"
        + "void two() { b.writeLock().lock();\n    meet();\n    a.writeLock().lock(); }\n" + started("ofPlatform", "ofPlatform"),
        ["one", "two"],
        4,
    ),
}


@pytest.fixture(scope="module")
def kernel():
    with Kernel() as running:
        running.run("int kept = 77;")
        yield running


def reports(run) -> list[dict]:
    return [content["data"] for content in run.contents("display_data") if "eadlock" in content["data"].get("text/plain", "")]


@pytest.mark.parametrize("name", DEADLOCKS)
def test_a_deadlock_is_reported_while_the_cell_is_busy(kernel, name):
    code, threads, places = DEADLOCKS[name]
    run = kernel.submit(code)

    kernel.until(lambda: run.done or reports(run))
    assert not run.done, run.reply["content"]
    seconds = run.at["display_data"] - run.at["execute_input"]
    data = reports(run)[0]
    kernel.interrupt()
    kernel.until(lambda: run.done)

    text = data["text/plain"]
    assert seconds < 20
    assert f"{len(threads)} threads" in text
    assert [thread for thread in threads if thread not in text] == [], text
    assert "waits for" in text
    # Each lock twice: where it was taken and where it is waited for.
    assert len(re.findall(r"cell \d+, line \d+", text)) >= places, text
    assert "svg" in data["text/html"]
    assert len(reports(run)) == 1
    assert run.reply["content"]["ename"] == "Interrupted"
    assert kernel.run("kept").result == "77"


def test_of_threads_left_in_bodies_that_were_replaced_since_no_unknown_place_is_named(kernel):
    listed = kernel.run("%threads").text()

    assert "waits for" in listed
    assert "null" not in listed


NO_DEADLOCKS = {
    "a lock that is only busy": "Object o = new Object(); long n = 0;\nvar team = new ArrayList<Thread>();\nfor (int i = 0; i < 8; i++) team.add(Thread.ofPlatform().start(() -> { for (int j = 0; j < 200; j++) synchronized (o) { n++; try { Thread.sleep(1); } catch (InterruptedException e) { } } }));\nfor (var t : team) t.join();",
    "two locks always in one order": "var a = new ReentrantLock(); var b = new ReentrantLock();\nvar team = new ArrayList<Thread>();\nfor (int i = 0; i < 4; i++) team.add(Thread.ofVirtual().start(() -> { for (int j = 0; j < 300; j++) { a.lock(); b.lock(); try { Thread.sleep(1); } catch (InterruptedException e) { } b.unlock(); a.unlock(); } }));\nfor (var t : team) t.join();",
    "two locks in both orders, given up in time": "var a = new ReentrantLock(); var b = new ReentrantLock();\nvoid both(ReentrantLock x, ReentrantLock y) { for (int i = 0; i < 40; i++) { x.lock(); try { Thread.sleep(5); if (y.tryLock(50, TimeUnit.MILLISECONDS)) y.unlock(); } catch (InterruptedException e) { } finally { x.unlock(); } } }\nvar t = new Thread(() -> both(a, b)); var u = new Thread(() -> both(b, a));\nt.start(); u.start(); t.join(); u.join();",
    "everybody waits for one who sleeps": "Object o = new Object();\nvar holder = new Thread(() -> { synchronized (o) { try { Thread.sleep(2_000); } catch (InterruptedException e) { } } });\nholder.start(); Thread.sleep(50);\nvar team = new ArrayList<Thread>();\nfor (int i = 0; i < 5; i++) team.add(Thread.ofVirtual().start(() -> { synchronized (o) { } }));\nfor (var t : team) t.join();",
    "producers and consumers": "var queue = new ArrayBlockingQueue<Integer>(1);\nvar p = new Thread(() -> { try { for (int i = 0; i < 400; i++) { queue.put(i); Thread.sleep(4); } } catch (InterruptedException e) { } });\np.start();\nfor (int i = 0; i < 400; i++) queue.take();",
    "wait and notify": "Object o = new Object(); boolean turn = false;\nvoid ping(boolean mine) { for (int i = 0; i < 800; i++) synchronized (o) { try { while (turn != mine) o.wait(); Thread.sleep(1); } catch (InterruptedException e) { } turn = !mine; o.notifyAll(); } }\nvar t = new Thread(() -> ping(true)); t.start(); ping(false); t.join();",
}


@pytest.mark.parametrize("name", NO_DEADLOCKS)
def test_no_alarm_is_raised_by(kernel, name):
    run = kernel.run(NO_DEADLOCKS[name])

    assert run.status == "ok", run.reply["content"]
    assert run.at["idle"] - run.at["sent"] > 1, "too short for the watch to look twice"
    assert reports(run) == []


def test_watching_a_busy_cell_costs_next_to_nothing(kernel):
    cell = "for (int i = 0; i < 50; i++) Thread.ofVirtual().start(() -> LockSupport.parkNanos(6_000_000_000L));\nThread.sleep(5_000);"
    run = kernel.submit(cell)
    kernel.until(lambda: "execute_input" in run.types)
    kernel.listen(1)

    used = cpu_seconds(kernel.jvm)
    kernel.listen(3)
    used = cpu_seconds(kernel.jvm) - used
    kernel.until(lambda: run.done)

    # One percent of a core is promised.
    assert used / 3 < 0.10
