"""Running notebooks without a browser: what counts as failed, and when an executed copy is used again."""

import sys
from pathlib import Path

import nbformat
import pytest

import lessons
from lessons import code

sys.path.append(str(Path(__file__).resolve().parents[4] / "notebooks" / ".tools"))
import execution  # noqa: E402  the tools are no package


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Writes a notebook of these cells and runs it; its executed copy lies in a folder of its own."""
    monkeypatch.setattr(execution, "EXECUTED", tmp_path / "executed")

    def run(*cells):
        notebook = tmp_path / "small.ipynb"
        notebook.write_text(lessons.notebook(*cells), encoding="utf-8")
        return notebook, execution.execute(notebook, timeout=60)

    return run


def test_an_error_that_nobody_asked_for_ends_the_run_and_says_where(run):
    notebook, ended = run(code("1 + 1"), code(lessons.FAILS), code("2 + 2"))

    [error] = ended.errors
    assert error.startswith("stopped in cell 2: ")
    assert "seven" in error
    copy = nbformat.read(ended.copy, as_version=4)
    assert [cell.execution_count for cell in copy.cells] == [1, 2, None]
    assert not execution.is_fresh(notebook)


def test_an_error_that_was_asked_for_must_come(run):
    _, ended = run(code(lessons.FAILS, tags=["raises-exception"]), code("1 + 1", tags=["raises-exception"]))

    assert ended.errors == ["cell 2 is tagged raises-exception and raised nothing: 1 + 1"]


def test_a_copy_is_fresh_until_the_notebook_changes(run):
    notebook, ended = run(code("1 + 1"))

    assert ended.errors == []
    assert execution.is_fresh(notebook)
    notebook.write_text(lessons.notebook(code("1 + 2")), encoding="utf-8")
    assert not execution.is_fresh(notebook)
