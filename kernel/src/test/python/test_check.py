"""`make check` finds each fault that it promises to find, and is silent about a good lesson."""
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

PROJECT = Path(__file__).resolve().parents[4]
TOOLS = PROJECT / "notebooks" / ".tools"
sys.path.insert(0, str(TOOLS))

import check  # noqa: E402  (needs the path above)

LESSON = "notebooks/03-threads-and-races.ipynb"


@pytest.fixture
def house(tmp_path):
    """A small project without a fault: one lesson, its rows, a front page."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "rows.csv").write_text("row,text,notebooks\nC1,right,03\nD3,wrong,03 07\nE1,sloppy,10\n")
    (tmp_path / "README.md").write_text(f"# A house\n\nThe [lesson]({LESSON}).\n")
    write(tmp_path, lesson())
    return tmp_path


def lesson(*more):
    cells = [
        new_markdown_cell("# Why 20?\n\nOne sentence.\nAnother one.\n", id="title"),
        new_code_cell("int counter;", id="the-counter"),
        *more,
    ]
    book = new_notebook(nbformat_minor=5)
    book.cells = cells  # handed over here, new_notebook would rename twins
    book.metadata = {
        "kernelspec": {"name": "java", "display_name": "Java (Threadbook)", "language": "java"},
        "threadbook": {"rows": ["C1"], "complete": False, "minutes": 45},
    }
    return nbformat.from_dict(book)


def write(house, book, name=LESSON):
    (house / name).parent.mkdir(parents=True, exist_ok=True)
    (house / name).write_text(json.dumps(book), encoding="utf-8")


def with_cells(house, *cells):
    write(house, lesson(*cells))
    return said(house)


def said(house, **options):
    return [str(fault) for fault in check.faults(house, **options) if not fault.warning]


def warned(house):
    return [str(fault) for fault in check.faults(house) if fault.warning]


def only(faults, *words):
    assert len(faults) == 1, "\n".join(faults)
    for word in words:
        assert word in faults[0]


def prose(text):
    return new_markdown_cell(text, id="prose")


def test_a_good_lesson_has_no_fault(house):
    assert check.faults(house) == []


def test_the_lessons_of_this_project_have_no_fault():
    done = subprocess.run([sys.executable, TOOLS / "check.py"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_fault_fails_the_command_and_names_file_cell_and_remedy(house):
    write(house, lesson(new_code_cell("1 + 1", id="sum", execution_count=4)))
    done = subprocess.run([sys.executable, TOOLS / "check.py", "--root", house], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert f"{LESSON}:cell sum\n  expected: no execution count\n  found:    4\n  try:      " in done.stdout


def test_stored_outputs(house):
    output = new_output("stream", name="stdout", text="2")
    only(with_cells(house, new_code_cell("1 + 1", id="sum", outputs=[output])), "cell sum", "no stored outputs")


def test_times_of_an_earlier_run(house):
    only(with_cells(house, new_code_cell("1", id="sum", metadata={"execution": {"iopub.status.busy": "x"}})), "metadata.execution")


def test_a_code_cell_of_26_lines_but_not_of_25(house):
    assert with_cells(house, new_code_cell("\n".join(["1;"] * 25), id="long")) == []
    only(with_cells(house, new_code_cell("\n".join(["1;"] * 26), id="long")), "cell long", "26 lines")


def test_an_unknown_tag(house):
    only(with_cells(house, new_code_cell("1 / 0", id="fails", metadata={"tags": ["raise-exception"]})), "raise-exception")


@pytest.mark.parametrize("made_up", ["3f2a9c1e", "6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", "Cell_1"])
def test_an_id_that_says_nothing(house, made_up):
    only(with_cells(house, new_code_cell("1", id=made_up)), made_up, "an id that says what")


def test_two_cells_with_one_id(house):
    only(with_cells(house, new_code_cell("1", id="twin"), new_code_cell("2", id="twin")), "cell twin", "2 cells")


def test_another_kernel(house):
    book = lesson()
    book.metadata.kernelspec.name = "python3"
    write(house, book)
    only(said(house), "kernelspec java", "python3")


def test_a_file_that_is_no_notebook(house):
    (house / LESSON).write_text("{")
    assert any("a notebook in JSON" in fault for fault in said(house))


def test_a_notebook_without_cell_ids_of_format_4_4(house):
    book = lesson()
    book.nbformat_minor = 4
    for cell in book.cells:
        del cell["id"]
    write(house, book)
    assert any("format 4.5" in fault and "4.4" in fault for fault in said(house))


def test_a_notebook_that_breaks_the_format(house):
    (house / LESSON).write_text(json.dumps(lesson()).replace('"cell_type": "code"', '"cell_type": "codes"'))
    assert any("a valid notebook" in fault for fault in said(house))


@pytest.mark.parametrize("figure", ["12 ms", "3 s", "0.5 seconds", "1.9×", "1.9 ×", "2x", "40 %", "40%", "64 MB", "1.5 GiB",
                                    "3-second", "200 µs", "two to 1.9 times faster", "5\u00a0ms", "1,000 Hz"])
def test_a_figure_with_a_unit_in_prose(house, figure):
    only(with_cells(house, prose(f"It takes about {figure} here.")), "cell prose", "no figure with a unit")


@pytest.mark.parametrize("text", [
    "Run `sleep(100 ms)` now.",
    "```java\n// 100 ms\n```",
    "<details><summary>Answer</summary>\n\nAbout 5 ms.\n\n</details>",
    "> It takes 5.27 s.\n> — [the article](https://example.org)\n",
    "> It takes 5.27 s.\n>\n> — H. Author, 2021\n",
    "In the 1990s, 2 × 10 increments ran 100 times on 2 cores for 45 minutes; x2 stands for 2 xs.",
])
def test_figures_in_code_in_a_folded_answer_and_in_a_quotation_with_a_source_are_welcome(house, text):
    assert with_cells(house, prose(text)) == []


def test_a_quotation_without_a_source_excuses_nothing(house):
    only(with_cells(house, prose("> It takes 5.27 s.\n")), "5.27 s")


@pytest.mark.parametrize("text", [
    "[gone](nowhere.md)", "![picture](gone.png)", "[gone][it]\n\n[it]: gone.md\n", '<a href="gone.md">it</a>',
    "[built](../build/it.html)", "[out](../../etc/passwd)", "[the root](/etc/passwd)", "[file](file:///etc/passwd)",
    "[no such heading](../README.md#nothing)", "[no such heading](#nothing)", "![lost](attachment:it.png)",
])
def test_a_broken_link_in_a_lesson(house, text):
    (house / "build").mkdir()
    (house / "build" / "it.html").touch()
    only(with_cells(house, prose(text)), "cell prose")


def test_a_broken_link_in_a_markdown_file_is_named_with_its_line(house):
    (house / "kernel").mkdir()
    (house / "kernel" / "README.md").write_text("# Kernel\n\nSee [the house](../READMY.md).\n")
    only(said(house), "kernel/README.md:3", "../READMY.md leads nowhere")


def test_links_that_lead_somewhere(house):
    (house / "with space.md").write_text("# What is `it`, then?\n\n## Twice\n\n## Twice\n\n<a id='here'></a>\n")
    text = ("[a](../README.md) [b](../README.md#a-house) [c](../with%20space.md#what-is-it-then) [d](<../with space.md>)\n"
            "[e](../with%20space.md#twice-1) [f](../with%20space.md#here) [g](#Why-20?) [h](https://example.org/x#y) [i](../notebooks/)\n"
            "`[j](nowhere.md)`\n\n```\n[k](nowhere.md)\n```\n").replace("<../with space.md>", "../with%20space.md")
    assert with_cells(house, prose(text)) == []


def test_a_row_taught_but_not_owed(house):
    book = lesson()
    book.metadata.threadbook.rows = ["C1", "E1", "Z9"]
    write(house, book)
    faults = said(house)
    assert len(faults) == 2
    assert "E1, owed by 10" in faults[0]
    assert "Z9, owed by no lesson" in faults[1]


def test_a_complete_lesson_misses_a_row_it_owes(house):
    book = lesson()
    book.metadata.threadbook.complete = True
    write(house, book)
    only(said(house), "D3 is missing")


def test_a_complete_lesson_that_teaches_all_it_owes(house):
    book = lesson()
    book.metadata.threadbook = {"rows": ["C1", "D3"], "complete": True, "minutes": 45}
    write(house, book)
    assert said(house) == []


def test_a_row_named_twice(house):
    book = lesson()
    book.metadata.threadbook.rows = ["C1", "C1"]
    write(house, book)
    only(said(house), "C1 2 times")


@pytest.mark.parametrize("says", [None, {}, {"rows": "C1", "complete": False, "minutes": 45},
                                  {"rows": ["C1"], "complete": "no", "minutes": 45}, {"rows": ["C1"], "complete": False, "minutes": 0}])
def test_metadata_that_does_not_say_what_is_taught(house, says):
    book = lesson()
    book.metadata.threadbook = says
    write(house, book)
    only(said(house), "metadata.threadbook")


def test_a_lesson_without_a_number(house):
    write(house, lesson(), "notebooks/races.ipynb")
    only(said(house), "notebooks/races.ipynb", "begins with the lesson's number")


@pytest.mark.parametrize("line", ["C1,right,03", "D4,good,03", "D4,right,three", "D4,right,"])
def test_a_list_of_rows_that_contradicts_itself(house, line):
    with (house / "notebooks" / "rows.csv").open("a") as file:
        file.write(line + "\n")
    only(said(house), "notebooks/rows.csv:5")


def test_no_list_of_rows(house):
    (house / "notebooks" / "rows.csv").unlink()
    assert any("no file" in fault for fault in said(house))


def test_an_executed_cell_that_fails_without_its_tag(house):
    error = new_output("error", ename="ArithmeticException", evalue="/ by zero", traceback=[])
    write(house, lesson(new_code_cell("1 / 0", id="fails", outputs=[error], execution_count=3)), "build/executed/03-x.ipynb")
    only(said(house, executed=house / "build" / "executed"), "cell fails", "ArithmeticException: / by zero")


def test_an_executed_cell_that_may_fail_by_its_tag(house):
    error = new_output("error", ename="ArithmeticException", evalue="/ by zero", traceback=[])
    tags = {"tags": ["raises-exception"]}
    write(house, lesson(new_code_cell("1 / 0", id="fails", outputs=[error], execution_count=3, metadata=tags)), "build/executed/03-x.ipynb")
    assert said(house, executed=house / "build" / "executed") == []


def test_two_sentences_on_a_line_are_a_warning_and_no_fault(house):
    assert with_cells(house, prose("**Predict.** What comes out?\n1. First.\nSee e.g. Goetz, ch. 2.\nOne ends. Two begins.\n")) == []
    only(warned(house), "cell prose", "2 in: One ends. Two begins.")
