"""How the kernel's process ends: soon, whatever its cells do, and with every process that they started."""

import subprocess
import time
from pathlib import Path

import pytest
from kernels import Kernel

# Ten times what is promised: the figures come from the bench.
SHUTDOWN = 5.0
ORPHANED = 50.0

BUSY = {
    "nothing": "1",
    "spinning threads": "for (int i = 0; i < 8; i++) new Thread(() -> { while (true) {} }).start();",
    "sleeping threads": "for (int i = 0; i < 8; i++) new Thread(() -> { while (true) try { Thread.sleep(1_000_000); } catch (Exception e) {} }).start();",
    "a hook that never returns": "Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) {} }));",
    "a thread that holds a lock of the JDK": "new Thread(() -> { synchronized (System.class) { synchronized (Runtime.class) { while (true) {} } } }).start();",
    "a deadlock": """
        Object a = new Object(), b = new Object(); var both = new CyclicBarrier(2);
        void take(Object one, Object other) { synchronized (one) { try { both.await(); } catch (Exception e) {} synchronized (other) {} } }
        new Thread(() -> take(a, b)).start(); new Thread(() -> take(b, a)).start();""",
    "a full memory": "try { var l = new ArrayList<byte[]>(); while (true) l.add(new byte[1 << 20]); } catch (OutOfMemoryError e) {}",
}


def ends(kernel: Kernel, within: float) -> float:
    begun = time.perf_counter()
    kernel.process.wait(within)
    return time.perf_counter() - begun


@pytest.mark.parametrize("busy", BUSY)
def test_shutdown_is_quick_whatever_runs(busy):
    with Kernel(environment={"THREADBOOK_JVM_OPTIONS": "-Xmx200m"}) as kernel:
        kernel.run(BUSY[busy])
        kernel.send("shutdown_request", {"restart": False}, "control")
        ends(kernel, SHUTDOWN)
        assert kernel.process.returncode == 0


def test_shutdown_is_quick_while_a_cell_runs_and_prints():
    with Kernel() as kernel:
        run = kernel.submit("while (true) IO.println(\"on and on\");")
        kernel.until(lambda: run.text())
        kernel.send("shutdown_request", {"restart": False}, "control")
        ends(kernel, SHUTDOWN)


def running(marks: Path) -> list[str]:
    """The processes that the cell has started and that still run."""
    alive = []
    for mark in marks.iterdir():
        status = Path("/proc") / mark.name / "status"
        if status.exists() and "State:\tZ" not in status.read_text(encoding="utf-8"):
            alive.append(mark.name)
    return alive


# Each process writes its id as a file's name: one started by the cell, its child, an orphan, and one that left its session.
STARTS = """
new ProcessBuilder("sh", "-c", "cd %s; echo > $$; sh -c 'echo > $$; exec sleep 600' & (sh -c 'echo > $$; exec sleep 600' &) ; setsid sh -c 'echo > $$; exec sleep 600' & wait").start();
while (new File("%s").list().length < 4) Thread.sleep(10);
"""


@pytest.mark.parametrize("by", ["shutdown", "the end of its parent"])
def test_processes_that_cells_started_end_with_the_kernel(by, tmp_path):
    parent = subprocess.Popen(["sleep", "600"])
    try:
        with Kernel(environment={"JPY_PARENT_PID": str(parent.pid)}) as kernel:
            assert kernel.run(STARTS % (tmp_path, tmp_path)).status == "ok"
            assert len(running(tmp_path)) == 4
            if by == "shutdown":
                kernel.send("shutdown_request", {"restart": False}, "control")
                ends(kernel, SHUTDOWN)
            else:
                parent.kill()
                ends(kernel, ORPHANED)
            end = time.perf_counter() + SHUTDOWN
            while running(tmp_path) and time.perf_counter() < end:
                pass
            assert running(tmp_path) == []
    finally:
        parent.kill()
        parent.wait()


@pytest.mark.parametrize("busy", ["nothing", "spinning threads", "a hook that never returns", "a full memory"])
def test_the_kernel_ends_when_its_parent_is_killed(busy):
    parent = subprocess.Popen(["sleep", "600"])
    try:
        with Kernel(environment={"JPY_PARENT_PID": str(parent.pid), "THREADBOOK_JVM_OPTIONS": "-Xmx200m"}) as kernel:
            kernel.run(BUSY[busy])
            parent.kill()  # and not waited for: the system keeps its id, as where nobody buries a server
            ends(kernel, ORPHANED)
    finally:
        parent.kill()
        parent.wait()


WAITS = {"THREADBOOK_WAIT_FOR_THREADS": "1"}


def test_a_notebook_that_is_run_as_a_whole_has_the_late_lines_before_idle():
    with Kernel(environment=WAITS) as kernel:
        for start in (
            "Thread.ofPlatform().start(late);",
            "Thread.ofVirtual().start(late);",
            "Executors.newFixedThreadPool(1).submit(late);",
            "CompletableFuture.runAsync(late);",
            "Thread.ofPlatform().start(late); throw new RuntimeException();",
        ):
            run = kernel.run(
                "Runnable late = () -> { try { Thread.sleep(500); } catch (InterruptedException e) {} IO.println(\"late\"); };"
                + start
            )
            assert run.text() == "late\n"
            printed = next(i for i, m in enumerate(run.published) if m["msg_type"] == "stream")
            assert run.types.index("idle") > printed


def test_waiting_for_threads_ends_without_them_and_by_an_interrupt():
    with Kernel(environment=WAITS) as kernel:
        assert kernel.run("var never = new CountDownLatch(1); Thread.ofVirtual().start(() -> { try { never.await(); } catch (InterruptedException e) {} });").done
        run = kernel.submit("Thread.ofPlatform().start(() -> { IO.println(1); while (true) {} });")
        kernel.until(lambda: run.text())
        kernel.interrupt()
        kernel.until(lambda: run.done)


def test_idle_pools_are_not_waited_for():
    with Kernel(environment=WAITS) as kernel:
        kernel.run("var pool = Executors.newFixedThreadPool(2); var timer = Executors.newScheduledThreadPool(1);")
        run = kernel.run("pool.submit(() -> 1).get(); timer.submit(() -> 1).get(); IntStream.range(0, 1000).parallel().sum();")
        assert not run.contents("display_data")  # it names what it has waited for in vain
