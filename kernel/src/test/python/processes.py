"""How long a process takes that a cell starts, to its end and to its result: medians, beside Python's own.

    processes.py [--rounds N]

What is asked stands beside each figure; the exit status tells whether all of it was found. The rounds of what is
compared take turns.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

from kernels import Kernel

BARE = 1.5  # of what `python3 -c pass` takes
COLD = 100.0  # ms
WARM = 20.0  # ms

# The command line of a JVM for lambdas, as it says itself.
TELLING = """
childJvm(() -> {
    IO.println(ProcessHandle.current().info().command().get());
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(one -> IO.println(one));
    IO.println("-cp");
    IO.println(System.getProperty("java.class.path"));
}).out().lines().forEach(one -> IO.println(one));
"""
MAIN = ["threadbook.lab.process.child.ChildMain", "/dev/null"]
FINISH = b"F"

PREPARED = """
record Answer(int value) {}
int factor = 2;
Answer twice(int n) { return new Answer(n * factor); }
"""
COLD_ROUND = """
long begun = System.nanoTime(); var answer = process(() -> twice(21)).start().result();
IO.println((System.nanoTime() - begun) / 1e6); assert answer.value() == 42;
"""
POOL = "var pool = processPool(1); pool.submit(() -> twice(1)).get();"
WARM_ROUND = """
long begun = System.nanoTime(); var answer = pool.submit(() -> twice(21)).get();
IO.println((System.nanoTime() - begun) / 1e6); assert answer.value() == 42;
"""
SHARED = 1e6  # messages a second
MESSAGES = 4_000_000
CHANNEL = f"""
var ch = channel(Integer.class).overMemory();
var sender = process(() -> {{ for (int i = 0; i < {MESSAGES}; i++) ch.send(i); ch.close(); }}).start();
var first = ch.receive(); long begun = System.nanoTime(); long sum = 0;
for (int each : ch) sum += each;
IO.println({MESSAGES} / ((System.nanoTime() - begun) / 1e9)); assert sum == {MESSAGES}L * ({MESSAGES} - 1) / 2;
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with Kernel() as kernel:
        command = kernel.run(TELLING).text().splitlines() + MAIN
        bare, python, alone = [], [], []
        for _ in range(rounds):
            python.append(timed(["python3", "-c", "pass"]))
            bare.append(timed(command, FINISH))
            alone.append(timed([sys.executable, "-c", "pass"]))
        kernel.run(PREPARED)
        cold = printed(kernel, COLD_ROUND, rounds)
        kernel.run(POOL)
        warm = printed(kernel, WARM_ROUND, rounds)
        kernel.run("pool.close();")
        shared = printed(kernel, CHANNEL, 3)
    ratio = statistics.median(bare) / statistics.median(python)
    print(f"python3 -c pass, start to end: {described(python)}")
    print(f"The same without looking for python3 in PATH: {described(alone)}")
    found = [
        judged(f"A bare child, start to end: {described(bare)}; {ratio:.2f} of Python's, asked {BARE}", ratio <= BARE),
        judged(f"A cold child with a lambda, start to result: {described(cold)}; asked {COLD:.0f}", statistics.median(cold) <= COLD),
        judged(f"A warm child with a lambda, call to result: {described(warm)}; asked {WARM:.0f}", statistics.median(warm) <= WARM),
    ]
    found.append(judged(f"Numbers over shared memory: {statistics.median(shared) / 1e6:.1f} million a second; asked {SHARED / 1e6:.0f}", statistics.median(shared) >= SHARED))
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end.")
    return 0 if all(found) else 1


def timed(command: list[str], stdin: bytes = b"") -> float:
    """From the start of a process to its end. Its standard input stays open: at the end of that it would end at once."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        process.stdin.write(stdin)
        process.stdin.flush()
        while process.poll() is None:
            time.sleep(0.0005)
        taken = 1000 * (time.perf_counter() - begun)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return taken


def printed(kernel: Kernel, code: str, rounds: int) -> list[float]:
    return [float(kernel.run(code).text()) for _ in range(rounds)]


def described(times: list[float]) -> str:
    return f"median {statistics.median(times):.1f} ms, fastest {min(times):.1f}, slowest {max(times):.1f}"


def judged(line: str, holds: bool) -> bool:
    print(line if holds else f"{line}: MISSED")
    return holds


if __name__ == "__main__":
    sys.exit(main())
