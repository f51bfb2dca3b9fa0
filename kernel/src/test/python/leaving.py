"""How long it takes to leave a cell that hangs, to see a deadlock and to end the kernel: medians and the worst.

    leaving.py [--rounds N]

Each round is a kernel of its own, in which every hang is left once. What is asked stands beside each figure.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from hangs import HANGS, PREPARED
from kernels import Kernel, status_of
from test_deadlocks import DEADLOCKS
from test_endings import BUSY

ORPHANED = 5.0
SHUTDOWN = 0.5
DEADLOCK = 2.0
WATCHED = 15.0  # seconds over which the watch's processor time is counted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    seconds = left(rounds)
    print("Interrupt to the end of the cell, ms: median of each way to hang")
    for asked, where in ((0.15, "in the cell's code"), (1.0, "in the JDK")):
        medians = {hang.name: statistics.median(seconds[hang]) for hang in HANGS if hang.seconds == asked}
        late = {name: median for name, median in medians.items() if median > asked}
        print(f"  {where}: {len(medians)} ways, median {ms(statistics.median(medians.values()))}, worst {ms(max(medians.values()))}; asked {ms(asked)}")
        for name, median in late.items():
            print(f"    later than asked: {name}, {ms(median)}")
    shown = [deadlock(code) for code, *_ in DEADLOCKS.values() for _ in range(rounds)]
    print(f"Deadlock to its report, ms: median {ms(statistics.median(shown))}, worst {ms(max(shown))}; asked {ms(DEADLOCK)}")
    print(f"The watch beside 200 threads that wait, % of a core: {100 * watch():.2f}; asked 1")
    for busy in BUSY:
        ends = [shutdown(BUSY[busy]) for _ in range(rounds)]
        print(f"Shutdown, ms, with {busy}: median {ms(statistics.median(ends))}, worst {ms(max(ends))}; asked {ms(SHUTDOWN)}")
    orphaned = [orphan() for _ in range(rounds)]
    print(f"End after kill -9 of the parent, ms: median {ms(statistics.median(orphaned))}, worst {ms(max(orphaned))}; asked {ms(ORPHANED)}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end.")
    return 0


def ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f}"


def left(rounds: int) -> dict:
    seconds = {hang: [] for hang in HANGS}
    for turn in range(rounds):
        with Kernel() as kernel:
            kernel.run(PREPARED)
            for hang in HANGS:
                print(f"round {turn + 1} of {rounds}: {hang.name}", file=sys.stderr)
                run = kernel.submit('System.out.println("here");\n' + hang.code)
                kernel.until(lambda run=run: "here" in run.text())
                kernel.listen(0.3)
                begun = time.perf_counter()
                kernel.interrupt()
                kernel.until(lambda run=run: run.done)
                seconds[hang].append(time.perf_counter() - begun)
    return seconds


def deadlock(code: str) -> float:
    """From the last thread's step into the ring, as well as a cell can tell it, to the report."""
    with Kernel() as kernel:
        kernel.run("1")
        run = kernel.submit(code)
        kernel.until(lambda: "execute_input" in run.types)
        begun = time.perf_counter()  # compiling counts too: the figure is rather too large
        kernel.until(lambda: "display_data" in run.types)
        return time.perf_counter() - begun


def watch() -> float:
    with Kernel() as kernel:
        kernel.run("for (int i = 0; i < 200; i++) Thread.ofPlatform().daemon().start(() -> LockSupport.park());")
        kernel.submit("Thread.sleep(1_000_000);")
        kernel.listen(2)
        before = time_of(kernel.jvm, "deadlock watch")
        kernel.listen(WATCHED)
        return (time_of(kernel.jvm, "deadlock watch") - before) / WATCHED


def time_of(pid: int, thread: str) -> float:
    """The processor time that the thread of this name has used, in seconds."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        if (task / "comm").read_text(encoding="utf-8").strip() == thread:
            return int((task / "schedstat").read_text(encoding="utf-8").split()[0]) / 1e9
    raise LookupError(f"no thread is called {thread}")


def shutdown(busy: str) -> float:
    with Kernel(environment={"THREADBOOK_JVM_OPTIONS": "-Xmx200m"}) as kernel:
        kernel.run(busy)
        begun = time.perf_counter()
        kernel.send("shutdown_request", {"restart": False}, "control")
        kernel.process.wait(10 * SHUTDOWN)
        return time.perf_counter() - begun


def orphan() -> float:
    parent = subprocess.Popen(["sleep", "600"])
    try:
        with Kernel(environment={"JPY_PARENT_PID": str(parent.pid)}) as kernel:
            kernel.run(BUSY["spinning threads"])
            assert status_of(kernel.jvm, "Threads") > 8
            begun = time.perf_counter()
            parent.kill()
            kernel.process.wait(10 * ORPHANED)
            return time.perf_counter() - begun
    finally:
        parent.kill()
        parent.wait()


if __name__ == "__main__":
    sys.exit(main())
