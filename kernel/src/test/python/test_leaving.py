"""No cell can take the kernel away: whatever hangs, an interrupt ends it, and everything else stays."""

import os
import re
import time

import pytest
from hangs import HANGS, PREPARED
from kernels import Kernel, quiet

# A promise of 150 ms is held to 1.5 s: these tests say that it ends, `make bench` says when.
TENFOLD = 10

# Nothing of how the kernel is built is said to a student.
INSIDES = re.compile(r"threadbook\.(kernel|runtime|weaving)|CellStopped|StopSites|line -|REPL\.|do_it|jdk\.internal|java\.base/")


@pytest.fixture(scope="module")
def kernel():
    with Kernel() as running:
        assert running.run(PREPARED).status == "ok"
        yield running


@pytest.fixture
def own_kernel():
    """For tests that leave something behind."""
    with Kernel() as running:
        assert running.run(PREPARED).status == "ok"
        yield running


def hanging(kernel, code):
    """The run of a cell that has come to where it hangs."""
    run = kernel.submit('System.out.println("here");\n' + code)
    kernel.until(lambda: run.done or "here" in run.text())
    # Nothing tells from outside that a thread waits: it has time to come there, and hangs or not after that.
    kernel.listen(0.2)
    assert not run.done, run.reply["content"]
    return run


def left(kernel, run) -> float:
    """Interrupts the cell, waits for its end. The seconds that this took."""
    begun = time.perf_counter()
    interrupt = kernel.interrupt()
    kernel.until(lambda: run.done)
    assert interrupt.status == "ok"
    return time.perf_counter() - begun


def report(run) -> str:
    return "\n".join(run.reply["content"].get("traceback", []))


@pytest.mark.parametrize("hang", HANGS, ids=str)
def test_an_interrupt_leaves(kernel, hang):
    run = hanging(kernel, hang.code)
    behind = [kernel.submit("ran++;") for _ in range(2)]

    seconds = left(kernel, run)
    kernel.until(lambda: all(one.done for one in behind))
    next_cell = kernel.run('System.out.println("next"); kept')

    assert seconds < hang.seconds * TENFOLD
    assert run.reply["content"]["ename"] == "Interrupted"
    said = report(run)
    assert re.search(r"cell \d+, line \d+", said), said
    assert not INSIDES.search(said), said
    assert [word for word in hang.says if word not in said] == [], said
    assert [one.status for one in behind] == ["aborted", "aborted"]
    assert next_cell.result == "77"
    assert next_cell.text() == "next\n"
    assert next_cell.at["idle"] - next_cell.at["sent"] < TENFOLD
    assert kernel.run("ran").result == "0"
    assert quiet(kernel), f"a core burns: {kernel.run('%dump').text()}"


def test_what_was_left_of_all_of_them_burns_no_core_and_stands_in_the_list(kernel):
    listed = kernel.run("%threads").text()

    assert quiet(kernel, window=1.0, cores=0.1), kernel.run("%dump").text()
    assert '"holder"' in listed
    assert '"keeper"' in listed


# How a cell starts a task that counts in `counted` for ever, by the kind of its thread.
COUNTING = {
    "a platform thread": "Thread.ofPlatform().daemon().start(count);",
    "a virtual thread": "Thread.ofVirtual().start(count);",
    "a pool's thread": "Executors.newFixedThreadPool(1, Thread.ofPlatform().daemon().factory()).submit(count);",
    "the common pool": "CompletableFuture.runAsync(count);",
    "a thread of a thread": "Thread.ofPlatform().start(() -> Thread.ofPlatform().daemon().start(count));",
    "a timer": "new Timer(true).schedule(new TimerTask() { public void run() { count.run(); } }, 0);",
}


@pytest.mark.parametrize("start", COUNTING.values(), ids=COUNTING)
def test_an_interrupt_reaches_every_thread_of_its_cell_and_no_other(own_kernel, start):
    own_kernel.run(
        "long other = 0; long counted = 0;\n"
        "var survivor = Thread.ofVirtual().start(() -> { while (true) { other++; Thread.yield(); } });"
    )
    run = hanging(own_kernel, f"Runnable count = () -> {{ while (true) counted++; }};\n{start}\nThread.sleep(1_000_000);")

    left(own_kernel, run)

    stands = "long then = {0}; Thread.sleep(200); {0} == then"
    # Told to stop is not yet stopped: what never stops never stands still.
    own_kernel.until(lambda: own_kernel.run(stands.format("counted")).result == "true")
    assert own_kernel.run(stands.format("other")).result == "false"
    assert own_kernel.run("survivor.isAlive()").result == "true"


def test_a_plain_variable_that_another_thread_sets_may_never_be_seen_and_the_loop_can_be_left(own_kernel):
    run = hanging(
        own_kernel,
        "boolean stop;\n"
        "Thread looping;\n"
        "do { // until the loop was compiled before the other thread wrote\n"
        "    stop = false;\n"
        "    looping = Thread.ofPlatform().daemon().start(() -> { while (!stop) { } });\n"
        "    Thread.sleep(300);\n"
        "    stop = true;\n"
        "    looping.join(300);\n"
        "} while (!looping.isAlive());\n"
        'System.out.println("stale");\n'
        "looping.join();",
    )
    own_kernel.until(lambda: "stale" in run.text())
    own_kernel.listen(1)
    assert not run.done

    assert left(own_kernel, run) < 0.15 * TENFOLD
    assert "Thread.join" in report(run)


def test_an_interrupt_between_two_cells_harms_none(kernel):
    kernel.interrupt()

    assert kernel.run("kept").result == "77"


def test_a_second_interrupt_while_the_first_is_at_work_is_answered(kernel):
    run = hanging(kernel, "synchronized (held) { }")

    answers = [kernel.send("interrupt_request", {}, "control") for _ in range(20)]
    kernel.until(lambda: run.done and all(one.reply for one in answers))

    assert {one.status for one in answers} == {"ok"}
    assert kernel.run("kept").result == "77"


def test_an_interrupt_while_the_cell_still_compiles_is_not_lost(kernel):
    long_cell = "".join(f"int part{i}() {{ return {i}; }}\n" for i in range(150)) + "while (true) { }"
    run = kernel.submit(long_cell)
    kernel.until(lambda: "execute_input" in run.types)

    kernel.interrupt()
    kernel.until(lambda: run.done)

    assert run.status == "error"
    assert "nterrupted" in report(run)


def test_the_statements_before_the_one_that_was_interrupted_have_happened_and_those_behind_have_not(kernel):
    run = hanging(kernel, "int before = 5;\nkept++; kept--;\nThread.sleep(1_000_000);\nint behind = 6;\nkept = 0;")

    left(kernel, run)

    assert kernel.run("before").result == "5"
    assert kernel.run("behind").status == "error"
    assert kernel.run("kept").result == "77"
