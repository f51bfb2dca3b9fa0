"""Processes that cells start with the library, in the installed kernel: how they end."""

import os
import signal
import time

import pytest
from kernels import Kernel, cpu_seconds

# Each prints its id; the last has started a program of its own.
STARTS = """
process("sleeps", () -> { IO.println("pid " + pid()); sleep(600_000); }).start();
process("spins", () -> { IO.println("pid " + pid()); while (true) {} }).start();
process("fills its memory", () -> {
    IO.println("pid " + pid());
    var all = new ArrayList<byte[]>();
    while (true) try { all.add(new byte[1 << 24]); } catch (OutOfMemoryError e) { sleep(10); }
}).start();
process("starts", () -> { IO.println("pid " + new ProcessBuilder("sleep", "600").start().pid()); IO.println("pid " + pid()); sleep(600_000); }).start();
var pool = processPool(2);
pool.map(n -> n, List.of(1, 2));
pool.pids().forEach(pid -> IO.println("pid " + pid));
"""
COUNT = 7
PATIENCE = 20.0


def pids(text: str) -> list[int]:
    return [int(line.removeprefix("pid ")) for line in text.splitlines() if line.startswith("pid ")]


def running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def all_end(started: list[int]) -> bool:
    end = time.perf_counter() + PATIENCE
    while any(map(running, started)) and time.perf_counter() < end:
        time.sleep(0.05)
    return not any(map(running, started))


@pytest.mark.parametrize("how", ["kill -9", "shutdown"])
def test_no_process_outlives_the_kernel(how):
    with Kernel(environment={"THREADBOOK_CHILD_OPTIONS": "-Xmx64m"}) as kernel:
        run = kernel.run(STARTS)
        kernel.until(lambda: len(pids(run.text())) == COUNT)
        started = pids(run.text())
        assert all(map(running, started))
        if how == "kill -9":
            os.kill(kernel.jvm, signal.SIGKILL)
        else:
            kernel.send("shutdown_request", {"restart": False}, "control")
        assert all_end(started)


def test_an_interrupt_ends_what_the_cell_started():
    with Kernel() as kernel:
        run = kernel.submit('process(() -> { IO.println("pid " + pid()); while (true) {} }).start().join();')
        kernel.until(lambda: pids(run.text()))
        kernel.interrupt()
        kernel.until(lambda: run.done)
        assert all_end(pids(run.text()))


def test_an_output_of_100_mb_is_survived_and_said():
    with Kernel() as kernel:
        run = kernel.run('run("sh", "-c", "yes | head -c 100000000")')
        assert "out 100,000,000 bytes" in run.result


def test_a_warm_pool_uses_no_processor_time():
    with Kernel() as kernel:
        run = kernel.run('var pool = processPool(1); pool.map(n -> n, List.of(1)); IO.println("pid " + pool.pids().getFirst());')
        [worker] = pids(run.text())
        kernel.listen(1)
        before = cpu_seconds(worker)
        kernel.listen(1)
        assert cpu_seconds(worker) - before < 0.2
