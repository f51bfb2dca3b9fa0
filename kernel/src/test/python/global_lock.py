#!/usr/bin/env python3
"""The model of the global lock beside the real CPython: speedups, pings, the price of looking. Fails where a limit is missed.

    global_lock.py [--rounds N]

Each figure is the median of the rounds. What is asked stands beside it.
"""

import argparse
import os
import statistics
import sys
from collections import defaultdict

from kernels import Kernel

DIFFERENCE = 0.15  # of model and reality, in every row that is a speedup
PING = (45.0, 60.0)  # ms, beside one CPU thread with a switch interval of 50 ms, in both

ROWS = 'for (var row : %s.rows()) IO.println(String.join(";", row.workload(), "" + row.workers(), row.unit(), "" + row.model(), "" + row.reality()));'
SPEEDUPS = ROWS % 'cpython("countdown", "primes", "processes", "sleep", "sha256 large", "sha256 small", "pbkdf2", "ping", "gather")'
SLOW_PING = ROWS % 'cpython(50, "ping")'
COUNTDOWN = """
long countdown(long n) { long c = 0; for (long i = 0; i < n; i++) c += i ^ (c << 1); return c; }
double once() { long t = System.nanoTime(); long c = countdown(200_000_000); return c == 1 ? 0 : (System.nanoTime() - t) / 1e6; }
double best() { double b = once(); for (int i = 0; i < 4; i++) b = Math.min(b, once()); return b; }
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    missed = 0
    with Kernel(patience=300.0) as kernel:
        speedups, slow = measured(kernel, SPEEDUPS, rounds), measured(kernel, SLOW_PING, 1)
        kernel.run(COUNTDOWN)
        plain, locked = printed(kernel, "IO.println(best());"), printed(kernel, "%%gil\nIO.println(best());")
    print("Model beside CPython, switch interval 5 ms")
    for (workload, workers, unit), (model, reality) in speedups.items():
        asked, missing = "", False
        if unit == "speedup":
            missing = abs(model / reality - 1) > DIFFERENCE
            asked = f"; difference {100 * (model / reality - 1):+.0f} %, asked {100 * DIFFERENCE:.0f}"
        missed += missing
        print(f"  {workload}, {workers}: model {model:.2f}, CPython {reality:.2f} {unit}{asked}{'   MISSED' if missing else ''}")
    for side, value in zip(("model", "CPython"), slow["ping", "1", "ms"]):
        missing = not PING[0] <= value <= PING[1]
        missed += missing
        print(f"Ping beside one CPU thread, switch interval 50 ms, {side}: {value:.1f} ms; asked {PING[0]:.0f} to {PING[1]:.0f}{'   MISSED' if missing else ''}")
    print(f"A loop of 200 million turns, ms: {plain:.0f} by itself, {locked:.0f} under %%gil, alone")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end.")
    return 1 if missed else 0


def measured(kernel: Kernel, code: str, rounds: int) -> dict:
    """Median of the model and of reality for each workload, number of workers and unit."""
    found = defaultdict(list)
    for _ in range(rounds):
        run = kernel.run(code)
        if run.status != "ok":
            raise SystemExit("\n".join(run.reply["content"]["traceback"]))
        for line in run.text().splitlines():
            *key, model, reality = line.split(";")
            found[tuple(key)].append((float(model), float(reality)))
    return {key: tuple(statistics.median(side) for side in zip(*pairs)) for key, pairs in found.items()}


def printed(kernel: Kernel, code: str) -> float:
    return float(kernel.run(code).text())


if __name__ == "__main__":
    sys.exit(main())
