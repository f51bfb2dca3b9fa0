"""The folded solution of each exercise solves it, and what the lesson gives to begin with does not."""

import re
from pathlib import Path

import nbformat
import pytest
from kernels import Kernel

LESSONS = sorted((Path(__file__).resolve().parents[4] / "notebooks").glob("*.ipynb"))
# Cells that take long and that no exercise builds on. What needs their results fails here, and is no exercise either.
MEASURES = re.compile(r"\b(compare|speedup|machine|until|tally|stress|watch|budget)\(")
FENCE = re.compile(r"```java\n(.*?)```", re.S)
EXERCISE = re.compile(r'\bcheck\("\d\d-')
INLINE = re.compile(r"`((?:predict|check)\(.*?\))`")


def solution(cells, at: int) -> list[str]:
    """What solves the exercise in this cell, as cells to run; empty if it is told in words only."""
    told = next(cell.source for cell in cells[at + 1 :] if "<summary>Solution</summary>" in cell.source)
    given = cells[at].source
    if code := FENCE.search(told):
        return [code.group(1), given]
    match INLINE.search(told):
        case None:
            return []
        case line if line.group(1).startswith("predict("):
            return [f"{line.group(1)};", given[given.index("check(") :]]
        case line:
            return [line.group(1)]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_the_solutions_solve_what_the_given_code_does_not(lesson):
    cells = nbformat.read(lesson, as_version=4).cells
    solved = 0
    with Kernel() as kernel:
        for at, cell in enumerate(cells):
            if cell.cell_type != "code" or MEASURES.search(cell.source):
                continue
            # A cell may fail on purpose without being an exercise.
            if "raises-exception" not in cell.metadata.get("tags", []) or not EXERCISE.search(cell.source):
                kernel.run(cell.source)
            elif steps := solution(cells, at):
                begun = kernel.run(cell.source)
                assert begun.reply["content"].get("ename", "").endswith("CheckFailed"), (cell.id, begun.reply["content"])
                runs = [kernel.run(step) for step in steps]
                assert [run.status for run in runs] == ["ok"] * len(runs), (cell.id, runs[-1].reply["content"])
                assert "✔" in runs[-1].result, (cell.id, runs[-1].result)
                solved += 1
    assert solved >= 3
