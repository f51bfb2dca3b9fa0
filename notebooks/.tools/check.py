#!/usr/bin/env python3
"""Reads the lessons and every Markdown file as a careful colleague would, and says what is wrong.

    python check.py [--root FOLDER] [--executed FOLDER]

Exit status: 0 nothing found (warnings do not count), 1 something found.
`--executed` names a folder of executed copies: a cell there may fail only if it is tagged `raises-exception`.
"""
import argparse
import sys
from pathlib import Path

from checks import cells, links, notebook, prose, rows
from checks.fault import Fault


def faults(root: Path, executed: Path | None = None) -> list[Fault]:
    """Everything that is wrong below the folder, in reading order."""
    found: list[Fault] = []
    lessons, unreadable = notebook.read_all(root, root / "notebooks")
    found += unreadable
    for lesson in lessons:
        found += cells.check(lesson)
        found += prose.check(lesson)
    found += rows.check(root, lessons)
    found += links.check(root, lessons)
    if executed is not None:
        copies, unreadable = notebook.read_all(root, executed)
        found += unreadable
        for copy in copies:
            found += cells.check_executed(copy)
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    options.add_argument("--executed", type=Path)
    chosen = options.parse_args()
    found = faults(chosen.root.resolve(), chosen.executed.resolve() if chosen.executed else None)
    for fault in found:
        print(fault)
    errors = sum(not fault.warning for fault in found)
    print(f"notebooks and Markdown: {errors} faults, {len(found) - errors} warnings")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
