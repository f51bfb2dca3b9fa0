"""What tracing costs: how much longer a program takes under `trace`, as ratios with the 95 % interval of their median.

    tracing.py [--rounds N]

Each round is a kernel of its own, in which each program runs in turns traced and not traced, thrice each, of which the
last run counts, when the JIT knows the code as it is then: a program that computes and waits for nothing, one that
works while it holds a lock, one that does nothing but take and give it, and two threads that do so with the same lock.
The time is what the program's threads spent on cores; what trace does before and after the program stands beside it.
Then the same programs, not traced, after all traces and before the first one: what tracing costs while it is off.
"""

import argparse
import json
import os
import statistics
import sys

from kernels import Kernel, Run
from weaving import interval

LONG = 600.0  # seconds that a cell may take

PROGRAMS = """
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;
import threadbook.lab.thread.Body;
var clock = java.lang.management.ManagementFactory.getThreadMXBean();
var spent = new AtomicLong();
void counted(Body body) throws Exception {
    long begun = clock.getCurrentThreadCpuTime();
    body.run();
    spent.addAndGet(clock.getCurrentThreadCpuTime() - begun);
}
long[] cells = new long[1024];
long sum;
void compute() {
    for (int i = 0; i < 40_000_000; i++) {
        cells[i & 1023] += i ^ sum;
        sum += cells[(i * 31) & 1023];
    }
}
var lock = new ReentrantLock();
long counter;
void locks(int count) {
    for (int i = 0; i < count; i++) {
        lock.lock();
        try { counter++; } finally { lock.unlock(); }
    }
}
double work = 1;
void locksAndWork(int count) {
    for (int i = 0; i < count; i++) {
        lock.lock();
        try { for (int k = 0; k < 20_000; k++) work = work * 1.0000001 + 1e-9; } finally { lock.unlock(); }
    }
}
var programs = new LinkedHashMap<String, Body>();
programs.put("computing", () -> counted(() -> compute()));
programs.put("locking for some 20 µs", () -> counted(() -> locksAndWork(3_000)));
programs.put("only locking", () -> counted(() -> locks(300_000)));
programs.put("only locking, 2 threads", () -> parallel(2, i -> counted(() -> locks(100_000))));
double plain(Body body) throws Exception {
    spent.set(0);
    body.run();
    return spent.get() / 1e6;
}
"""
PAIRS = """
var answer = new StringBuilder("{");
for (var each : programs.entrySet()) {
    Body body = each.getValue();
    answer.append(answer.length() > 1 ? "," : "").append("\\"" + each.getKey() + "\\":[");
    for (int i = -4; i < 7; i++) {
        long begun = System.nanoTime();
        double wall = trace(() -> { for (int k = 0; k < 3; k++) { spent.set(0); body.run(); } }).millis();
        double traced = spent.get() / 1e6;      // of the last one, when the JIT has seen it as it is now
        double around = (System.nanoTime() - begun) / 1e6 - wall;
        for (int k = 0; k < 2; k++) plain(body);
        double plain = plain(body);
        if (i >= 0) answer.append(i == 0 ? "" : ",").append("[" + traced / plain + "," + around + "]");
    }
    answer.append("]");
}
answer.append("}").toString()
"""
OFF = """
var off = new StringBuilder("{");
for (var each : programs.entrySet()) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 15; i++) best = Math.min(best, plain(each.getValue()));
    off.append(off.length() > 1 ? "," : "").append("\\"" + each.getKey() + "\\":" + best);
}
off.append("}").toString()
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    pairs: dict[str, list[list[float]]] = {}
    off: dict[str, list[float]] = {}
    for turn in range(rounds):
        print(f"round {turn + 1} of {rounds}", file=sys.stderr)
        with Kernel(patience=LONG) as kernel:
            run(kernel, PROGRAMS)
            value(kernel, OFF)  # until the JIT has done its work
            before = value(kernel, OFF)
            for name, measured in value(kernel, PAIRS).items():
                pairs.setdefault(name, []).extend(measured)
            after = value(kernel, OFF)
            for name, best in after.items():
                off.setdefault(name, []).append(best / before[name])
    print("A program under trace beside the same program, ratio of processor times: median and its 95 % interval")
    for name, measured in pairs.items():
        ratios = [ratio for ratio, _ in measured]
        around = statistics.median(spent for _, spent in measured)
        print(f"  {name:24} {spread(ratios)}; before and after it {around:.0f} ms")
    print("The same programs, not traced, after a trace beside before the first one: ratio of the best of 15 runs")
    for name, ratios in off.items():
        print(f"  {name:24} {spread(ratios)}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end.")
    return 0


def run(kernel: Kernel, code: str) -> Run:
    answer = kernel.run(code)
    assert answer.status == "ok", answer.reply["content"]
    return answer


def value(kernel: Kernel, code: str) -> dict:
    return json.loads(run(kernel, code).result.strip().strip('"').replace('\\"', '"'))


def spread(values: list[float]) -> str:
    low, high = interval(values)
    return f"{statistics.median(values):.2f} ({low:.2f}-{high:.2f})"


if __name__ == "__main__":
    sys.exit(main())
