"""A notebook's cells: nothing stored that a run makes, short code, ids that stay."""
import re
from collections import Counter

from .fault import Fault
from .notebook import Lesson

LONGEST_CODE = 25
TAGS = {"raises-exception", "hide-input", "page-break", "remove-cell"}
NAMED_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# What JupyterLab (a UUID) and nbformat (8 hex digits) make up for a new cell.
MADE_UP_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}")


def check(lesson: Lesson) -> list[Fault]:
    return [*_kernel(lesson), *_ids(lesson), *(fault for cell in lesson.code() for fault in _code(lesson, cell))]


def check_executed(copy: Lesson) -> list[Fault]:
    """In an executed copy a cell fails only if it is tagged so; one that is may end well, once its exercise is solved."""
    found = []
    for cell in copy.code():
        errors = [output for output in cell.outputs if output.output_type == "error"]
        if errors and "raises-exception" not in cell.metadata.get("tags", []):
            said = f"{errors[0].ename}: {errors[0].evalue}".splitlines()[0]
            found.append(Fault(copy.place(cell), "a cell that ends well", said, "repair it, or tag it raises-exception"))
    return found


def _kernel(lesson: Lesson) -> list[Fault]:
    metadata = lesson.content.metadata
    kernel = metadata.get("kernelspec", {}).get("name", "none")
    if kernel == "java":
        return []
    return [Fault(lesson.name, "kernelspec java", kernel, "choose Java (Threadbook) and save")]


def _ids(lesson: Lesson) -> list[Fault]:
    found = []
    for name, times in Counter(cell.get("id", "") for cell in lesson.content.cells).items():
        place = f"{lesson.name}:cell {name or '(no id)'}"
        if times > 1:
            found.append(Fault(place, "an id of its own for each cell", f"{times} cells with it", "rename all but one"))
        if MADE_UP_ID.fullmatch(name) or not NAMED_ID.fullmatch(name):
            found.append(Fault(place, "an id that says what the cell is about, as lost-update", name or "none",
                               "name it in the file: links and diffs rely on it"))
    return found


def _code(lesson: Lesson, cell) -> list[Fault]:
    found, place = [], lesson.place(cell)
    if cell.outputs:
        found.append(Fault(place, "no stored outputs: they spoil the predictions", f"{len(cell.outputs)}",
                           "Edit, Clear Outputs of All Cells, save"))
    if cell.execution_count is not None:
        found.append(Fault(place, "no execution count", str(cell.execution_count), "Edit, Clear Outputs of All Cells, save"))
    if "execution" in cell.metadata:
        found.append(Fault(place, "no times of an earlier run", "metadata.execution", "remove it from the cell's metadata"))
    if (lines := len(cell.source.splitlines())) > LONGEST_CODE:
        found.append(Fault(place, f"at most {LONGEST_CODE} lines of code", f"{lines} lines", "split it: one idea per cell"))
    if not cell.source.strip():
        found.append(Fault(place, "code", "an empty cell", "remove it"))
    for tag in cell.metadata.get("tags", []):
        if tag not in TAGS:
            found.append(Fault(place, "tags among " + ", ".join(sorted(TAGS)), tag, "correct the tag"))
    return found
