#!/usr/bin/env python3
"""Runs every notebook in a fresh kernel and writes the executed copies to build/notebooks.

    python run.py [--only 03] [--timeout 300]

Exit status: 0 every cell that should run ran, 1 otherwise.
"""
import argparse
import sys

from execution import execute, lessons


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", action="append", default=[], metavar="NAME", help="notebooks whose name begins so")
    options.add_argument("--timeout", type=float, default=300, metavar="S", help="seconds that one notebook may take")
    chosen = options.parse_args()
    failed = 0
    notebooks = lessons(chosen.only)
    for notebook in notebooks:
        execution = execute(notebook, chosen.timeout)
        print(f"{notebook.stem}  {execution.seconds:.1f} s  {'failed' if execution.errors else 'ok'}", flush=True)
        for error in execution.errors:
            print(f"  {error}", flush=True)
        failed += bool(execution.errors)
    print(f"notebooks: {len(notebooks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
