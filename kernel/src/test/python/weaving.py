"""What weaving costs: processor time of named loops, as ratios with the 95 % interval of their median.

    weaving.py [--processes N] [--pairs N] [--rounds N]

First woven code beside the same code not woven, in pairs in one process (WeavingBench, in several
processes). Then the loops as methods of a cell beside the same methods in a plain `java` run without any
options: in each round a fresh kernel, and a fresh `java` that its cell starts and lets run in turns with
itself, so that what else the machine does hits both. Both count the time of the thread only. Ends with
status 1 if the upper end of an interval is not below the bound.
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from kernels import PROJECT, Kernel, kernelspec, prefix

BOUND = 1.05
SOURCES = PROJECT / "src" / "test" / "java" / "threadbook" / "weaving"
TIME = """
static long time(String loop) {
    var threads = java.lang.management.ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    ALL.get(loop).getAsLong();
    return threads.getCurrentThreadCpuTime() - start;
}
"""
ANSWER = """
public static void main(String[] arguments) throws Exception {
    var loops = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));
    for (String loop = loops.readLine(); loop != null; loop = loops.readLine()) {
        System.out.println(time(loop));
    }
}
"""
# The first runs are not looked at: until the JIT has compiled a loop for good, a busy machine takes long.
COMPARE = """
String compared(String... command) throws Exception {
    Process plain = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var lines = new StringBuilder();
    try (var ask = plain.outputWriter(); var answer = plain.inputReader()) {
        for (String loop : ALL.keySet()) {
            double[] ratios = new double[15];
            for (int i = -20; i < ratios.length; i++) {
                long here = i % 2 == 0 ? time(loop) : 0;
                ask.write(loop + "\\n");
                ask.flush();
                long there = Long.parseLong(answer.readLine());
                here = i % 2 == 0 ? here : time(loop);
                if (i >= 0) {
                    ratios[i] = (double) here / there;
                }
            }
            java.util.Arrays.sort(ratios);
            lines.append(loop).append('\\t').append(ratios[ratios.length / 2]).append('\\n');
        }
    }
    return lines.toString();
}
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--pairs", type=int, default=15, help="in each process")
    parser.add_argument("--rounds", type=int, default=7, help="of a cell and a plain run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="threadbook-bench-") as folder:
        beside_unwoven = woven_beside_unwoven(Path(folder), options)
        print()
        beside_plain = cell_beside_plain(Path(folder), options.rounds)
    return 0 if beside_unwoven and beside_plain else 1


def woven_beside_unwoven(folder: Path, options: argparse.Namespace) -> bool:
    share = prefix(kernelspec()) / "share" / "threadbook"
    jars = str(share / "lib" / "*")
    sources = [SOURCES / f"{name}.java" for name in ("WeavingBench", "WovenLoader", "Loops", "LoopData")]
    subprocess.run([java("javac"), "-proc:none", "-nowarn", "-g", "-cp", jars, "-d", folder, *sources], check=True)
    jvm = (share / "jvm.options").read_text(encoding="utf-8").split()
    sizes = [f"-Dprocesses={options.processes}", f"-Dpairs={options.pairs}"]
    path = os.pathsep.join([str(folder), jars])
    return subprocess.run([java("java"), *jvm, *sizes, "-cp", path, "threadbook.weaving.WeavingBench"], check=False).returncode == 0


def cell_beside_plain(folder: Path, rounds: int) -> bool:
    members = "\n".join(text(name) for name in ("LoopData", "Loops"))
    entries = "\n".join(re.findall(r"ALL\.put.*", members))
    members = members[: members.rindex("static {")] + TIME
    plain = folder / "Plain.java"
    plain.write_text(f"public class Plain {{\n{members}\nstatic {{\n{entries}\n}}\n{ANSWER}}}\n", encoding="utf-8")
    subprocess.run([java("javac"), "-proc:none", "-nowarn", "-g", "-d", folder, plain], check=True)
    command = ", ".join(json.dumps(part) for part in (java("java"), "-cp", str(folder), "Plain"))

    ratios: dict[str, list[float]] = {}
    for _ in range(rounds):
        with Kernel(patience=1200) as kernel:
            for code in (re.sub(r"^static ", "", members, flags=re.MULTILINE), entries, COMPARE):
                run = kernel.run(code)
                assert run.status == "ok", run.reply
            run = kernel.run(f"System.out.print(compared({command}));")
            assert run.status == "ok", run.reply
            for name, ratio in (line.split("\t") for line in run.text().splitlines()):
                ratios.setdefault(name, []).append(float(ratio))
    return printed(ratios, rounds)


def text(name: str) -> str:
    """What stands between the marks of a source, as it can stand in a cell and in a class."""
    source = (SOURCES / f"{name}.java").read_text(encoding="utf-8")
    marked = re.search(r"// cell\n(.*?) *// end of the cell", source, re.DOTALL)
    assert marked, f"{name}.java has no marks"
    lines = [line for line in textwrap.dedent(marked[1]).splitlines() if "= LoopData." not in line]
    return re.sub(r"^(public )?static (final )?", "static ", "\n".join(lines), flags=re.MULTILINE)


def printed(ratios: dict[str, list[float]], rounds: int) -> bool:
    print(f"{'in a cell / plain java':<24} {'median':>8}   95 % interval")
    good = True
    for name, values in ratios.items():
        low, high = interval(values)
        within = high < BOUND
        good = good and within
        mark = "" if within else f"   NOT BELOW {BOUND}"
        print(f"{name:<24} {statistics.median(values):8.3f}   {low:.3f} to {high:.3f}{mark}")
    print(f"Thread CPU time, the median of 15 pairs in each of {rounds} pairs of processes; load {os.getloadavg()[0]:.1f} at the end.")
    return good


def interval(values: list[float]) -> tuple[float, float]:
    """Percentile bootstrap of the median, as the library's Estimate does it."""
    draw = random.Random(1)
    medians = sorted(statistics.median(draw.choices(values, k=len(values))) for _ in range(5000))
    return medians[100], medians[-101]


def java(tool: str) -> str:
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / tool) if home else tool


if __name__ == "__main__":
    sys.exit(main())
