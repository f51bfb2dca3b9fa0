#!/usr/bin/env python3
"""Writes each notebook as one HTML file that needs nothing else, to build/handouts.

    python handouts.py [--only 03] [--timeout 300]

A notebook is run first, unless build/notebooks holds a copy that was made from the same text by the same kernel.
Exit status: 0 all handouts are there and ask for nothing, 1 otherwise.
"""
import argparse
import sys
from pathlib import Path

from execution import EXECUTED, NOTEBOOKS, PROJECT, execute, is_fresh, lessons
from nbconvert.exporters import get_exporter
from references import outside

HANDOUTS = PROJECT / "build" / "handouts"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", action="append", default=[], metavar="NAME", help="notebooks whose name begins so")
    options.add_argument("--timeout", type=float, default=300, metavar="S", help="seconds that one notebook may take")
    chosen = options.parse_args()
    faulty = 0
    for notebook in lessons(chosen.only):
        errors = [] if is_fresh(notebook) else execute(notebook, chosen.timeout).errors
        if not errors:
            page = write_handout(EXECUTED / notebook.name)
            errors = [f"asks for {reference}" for reference in outside(page.read_text(encoding="utf-8"))]
            print(f"{page.relative_to(PROJECT)}  {page.stat().st_size / 1e6:.2f} MB", flush=True)
        for error in errors:
            print(f"{notebook.stem}: {error}", flush=True)
        faulty += bool(errors)
    return 1 if faulty else 0


def write_handout(executed: Path) -> Path:
    """Exports the executed copy and returns the page."""
    exporter = get_exporter("handout")()
    # Pictures are looked for beside the notebook, not beside its executed copy.
    resources = {"metadata": {"name": executed.stem, "path": str(NOTEBOOKS)}}
    text, _ = exporter.from_filename(str(executed), resources=resources)
    HANDOUTS.mkdir(parents=True, exist_ok=True)
    page = HANDOUTS / f"{executed.stem}.html"
    page.write_text(text, encoding="utf-8")
    return page


if __name__ == "__main__":
    sys.exit(main())
