"""How fast the kernel starts and answers: medians, beside other kernels where some are named.

    bench.py [KERNEL...] [--rounds N] [--cells N] [--lines N]

A KERNEL is the name of an installed kernelspec or a folder with a kernel.json, `label=` before it if
the table should call it otherwise. Each round every kernel has its turn in a fresh process, in an order
that turns too, so that what else goes on on this machine hits all alike. Compare figures of one run
only.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from kernels import Kernel, kernelspec

# A unit, and by language what is run.
LINES = {
    "java": 'for (int i = 0; i < {n}; i++) System.out.println("line " + i);',
    "python": "for i in range({n}): print('line', i)",
}
COMPLETE = {"java": "int x = 1;", "python": "x = 1"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kernels", nargs="*", metavar="KERNEL")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cells", type=int, default=50, help="of 1+1, and is_complete requests, in each round")
    parser.add_argument("--lines", type=int, default=200_000)
    options = parser.parse_args()
    specs = {"threadbook": kernelspec()} | dict(map(named, options.kernels))
    figures: dict[str, dict[str, list[float]]] = {label: {} for label in specs}
    labels = list(specs)
    for turn in range(options.rounds):
        for label in labels[turn % len(labels) :] + labels[: turn % len(labels)]:
            print(f"round {turn + 1} of {options.rounds}: {label}", file=sys.stderr)
            for figure, values in measured(specs[label], options).items():
                figures[label].setdefault(figure, []).extend(values)
    print(table(figures))
    load = os.getloadavg()[0]
    print(f"\nMedians over {options.rounds} rounds; {os.cpu_count()} cores, load {load:.1f} at the end.")
    return 0


def named(text: str) -> tuple[str, Path]:
    label, equals, where = text.rpartition("=")
    folder = Path(where).expanduser()
    if not (folder / "kernel.json").exists():
        folder = Path(KernelSpecManager().get_kernel_spec(where).resource_dir)
    return (label if equals else folder.name), folder


def measured(spec: Path, options: argparse.Namespace) -> dict[str, list[float]]:
    """One round of one kernel, in a fresh process."""
    with Kernel(spec) as kernel:
        answered = min(run.at["reply"] for run in kernel.runs.values())
        first = kernel.run("1+1")
        language = "python" if "ython" in (spec / "kernel.json").read_text(encoding="utf-8") else "java"
        cells = [to_idle(kernel.run("1+1")) for _ in range(options.cells)]
        complete = [
            to_reply(kernel.request("is_complete_request", {"code": COMPLETE[language]})) for _ in range(options.cells)
        ]
        printed = kernel.run(LINES[language].format(n=options.lines))
        kernel.settle()
        expected = sum(len(f"line {i}\n") for i in range(options.lines))
        return {
            "launch to kernel_info (ms)": [1000 * (answered - kernel.launched)],
            "launch to first result (ms)": [1000 * (first.at["execute_result"] - kernel.launched)],
            "1+1 (ms)": cells,
            "is_complete (ms)": complete,
            f"{options.lines:,} lines (ms)": [to_idle(printed)],
            "… of which arrived (%)": [100 * len(printed.text()) / expected],
        }


def to_idle(run) -> float:
    return 1000 * (run.at["idle"] - run.at["sent"])


def to_reply(run) -> float:
    return 1000 * (run.at["reply"] - run.at["sent"])


def table(figures: dict[str, dict[str, list[float]]]) -> str:
    """A row for each figure, a column for each kernel; behind ours the ratio to each other one."""
    labels = list(figures)
    rows = [["", *labels, *(f"ours / {label}" for label in labels[1:])]]
    for figure in figures[labels[0]]:
        medians = [statistics.median(figures[label][figure]) for label in labels]
        ratios = [f"{medians[0] / other:.2f}" if other else "" for other in medians[1:]]
        rows.append([figure, *(f"{median:.1f}" for median in medians), *ratios])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    )


if __name__ == "__main__":
    sys.exit(main())
