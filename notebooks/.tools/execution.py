"""Runs notebooks from top to bottom, each in a fresh kernel, and keeps the executed copies."""

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

PROJECT = Path(__file__).resolve().parents[2]
NOTEBOOKS = PROJECT / "notebooks"
EXECUTED = PROJECT / "build" / "notebooks"
KERNEL = "java"


@dataclass(frozen=True)
class Execution:
    """How one notebook's run ended: its executed copy, how long it took, and what went wrong, in words."""

    copy: Path
    seconds: float
    errors: list[str]


def lessons(names: list[str]) -> list[Path]:
    """The notebooks in reading order; with names only those that begin with one of them ("03", "03-threads")."""
    found = sorted(NOTEBOOKS.glob("*.ipynb"))
    chosen = [path for path in found if not names or any(path.name.startswith(name) for name in names)]
    if names and not chosen:
        raise SystemExit(
            f"Expected a notebook whose name begins with {' or '.join(names)}; "
            f"found {', '.join(path.stem for path in found) or 'none at all'}."
        )
    return chosen


def execute(notebook: Path, timeout: float) -> Execution:
    """Runs the notebook in a fresh kernel and writes its executed copy, as far as it came.

    A cell that is tagged `raises-exception` must fail, every other one must not; the first that does ends the run.
    After `timeout` seconds in all, the kernel is stopped.
    """
    EXECUTED.mkdir(parents=True, exist_ok=True)
    copy = EXECUTED / notebook.name
    stamp(copy).unlink(missing_ok=True)
    # Output that a thread prints after its cell ended is lost to a client that goes on to the next cell, and to a
    # kernel that is shut down. The variable asks the kernel to wait for a cell's threads before it calls it done.
    os.environ["THREADBOOK_WAIT_FOR_THREADS"] = "1"
    book = nbformat.read(notebook, as_version=4)
    began = time.monotonic()
    errors = []
    client = NotebookClient(
        book,
        kernel_name=KERNEL,
        resources={"metadata": {"path": str(notebook.parent)}},
        timeout_func=lambda _cell: max(1, round(timeout - (time.monotonic() - began))),
    )
    try:
        client.execute()
    except CellExecutionError as error:
        errors.append(f"stopped in cell {cell_number(book)}: {error.ename}: {error.evalue}")
    except (CellTimeoutError, DeadKernelError) as error:
        errors.append(f"stopped in cell {cell_number(book)}: {str(error).splitlines()[0]}")
    errors += unkept_promises(book)
    nbformat.write(book, copy)
    if not errors:
        stamp(copy).write_text(fingerprint(notebook))
    return Execution(copy, time.monotonic() - began, errors)


def is_fresh(notebook: Path) -> bool:
    """Whether the executed copy came from this text of the notebook and from the kernel that is installed now."""
    copy = EXECUTED / notebook.name
    return copy.exists() and stamp(copy).exists() and stamp(copy).read_text() == fingerprint(notebook)


def stamp(copy: Path) -> Path:
    return copy.with_suffix(".made-from")


def fingerprint(notebook: Path) -> str:
    # The set-up writes kernel.json anew whenever anything of the kernel changed.
    spec = Path(KernelSpecManager().get_kernel_spec(KERNEL).resource_dir, "kernel.json")
    return f"{hashlib.sha256(notebook.read_bytes()).hexdigest()} {spec.stat().st_mtime_ns}\n"


def cell_number(book: nbformat.NotebookNode) -> int:
    """Which code cell, counted from 1, was the last that ran."""
    return sum(1 for cell in book.cells if cell.cell_type == "code" and cell.execution_count)


def unkept_promises(book: nbformat.NotebookNode) -> list[str]:
    """Cells that were to fail, ran, and did not."""
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    return [
        f"cell {number} is tagged raises-exception and raised nothing: {cell.source.splitlines()[0]}"
        for number, cell in enumerate(cells, start=1)
        if "raises-exception" in cell.metadata.get("tags", [])
        and cell.execution_count
        and not any(output.output_type == "error" for output in cell.outputs)
    ]
