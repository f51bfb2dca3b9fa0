"""JupyterLab itself, in a browser: what a teacher does in class, and what must be seen then."""

import json
from pathlib import Path

import pytest

import lessons
from browsing import open_file
from lab import BUSY, IDLE, PROJECT, Lab

RACES = PROJECT / "notebooks" / "03-threads-and-races.ipynb"


@pytest.fixture(scope="module")
def small(browser, server):
    """The small lesson after Run All."""
    with Lab(browser, server, server.put("small.ipynb", lessons.small_lesson())) as lab:
        lab.run_all()
        lab.wait_for_live_charts(1)
        yield lab


def test_run_all_finishes_every_cell(small):
    printed, chart, failing = small.cells()

    assert [cell["count"] for cell in (printed, chart, failing)] == [1, 2, 3]
    assert "printed" in printed["text"] and "42" in printed["text"]
    assert printed["errors"] == chart["errors"] == []
    assert "NumberFormatException" in failing["text"]


def test_a_chart_is_live_and_named(small):
    _, chart, _ = small.cells()

    assert (chart["live"], chart["pictures"], chart["unnamed"]) == (1, 0, 0)


def test_save_and_reload_keep_the_chart_live(small):
    small.save()

    small.reload()
    small.wait_for_live_charts(1)

    cells = small.cells()
    assert cells[1]["live"] == 1
    assert all(cell["trusted"] for cell in cells)


def test_a_foreign_copy_still_shows_the_picture(small, browser, server):
    foreign = json.loads(small.save())
    # What the server has not signed is not trusted.
    foreign["cells"][1]["outputs"][0]["text"] = "printed elsewhere\n"

    with Lab(browser, server, server.put("foreign.ipynb", json.dumps(foreign))) as lab:
        _, chart, _ = lab.cells()

        assert not chart["trusted"]
        assert (chart["live"], chart["pictures"], chart["unnamed"]) == (0, 1, 0)
        assert lab.watch.complaints() == []


def test_the_menu_exports_the_handout_whatever_the_teacher_picks(small, tmp_path):
    small.save()

    pages = {
        "HTML, sanitized": small.export("HTML", tmp_path / "sanitized.html", sanitize=True),
        "HTML as it is": small.export("HTML", tmp_path / "plain.html", sanitize=False),
        "Handout": small.export("Handout", tmp_path / "handout.html"),
    }

    texts = {name: page.read_text(encoding="utf-8") for name, page in pages.items()}
    expected = handout_of(Path(small.server.root, small.path))
    assert {name for name, text in texts.items() if text != expected} == set()


def handout_of(notebook: Path) -> str:
    from nbconvert.exporters import get_exporter

    text, _ = get_exporter("handout")().from_filename(str(notebook))
    return text


def test_restart_and_run_all_runs_all_again(small):
    small.restart_and_run_all()
    small.wait_for_live_charts(1)

    printed, chart, failing = small.cells()
    assert [cell["count"] for cell in (printed, chart, failing)] == [1, 2, 3]
    assert chart["live"] == 1


def test_nothing_was_complained_about_and_nobody_else_was_asked(small):
    """After all of the above; a test of its own, so that it says so even when they fail."""
    assert small.watch.complaints() == []
    scripts = [url for url in small.watch.requests if "/kernelspecs/java/plotly.min.js" in url]
    # Once when the first chart was drawn, once after the reload.
    assert 1 <= len(scripts) <= 2


@pytest.fixture(scope="module")
def talk(browser, server):
    """A notebook for what a user does while cells run; its cells are run one by one."""
    cells = [lessons.ASKS, lessons.LOOPS, lessons.KEPT, lessons.WAITS, lessons.OPENS]
    text = lessons.notebook(*map(lessons.code, cells))
    with Lab(browser, server, server.put("talk.ipynb", text)) as lab:
        yield lab


def test_a_cell_that_asks_gets_its_answer(talk):
    talk.run_cell(0)
    box = talk.page.locator("input.jp-Stdin-input")
    box.fill("Ada")

    box.press("Enter")

    talk.wait_for_text(0, "Hello, Ada")
    talk.wait(IDLE)  # until then JupyterLab runs no other cell


def test_the_stop_button_ends_a_loop_and_keeps_the_variables(talk):
    talk.run_cell(1)
    talk.wait(BUSY)

    talk.press_stop()

    talk.wait(IDLE)
    talk.run_cell(2)
    talk.wait_for_text(2, "3")
    assert len(talk.cells()[1]["errors"]) == 1


def test_what_a_thread_prints_late_appears_under_its_own_cell(talk):
    talk.run_cell(3)

    talk.run_cell(4)

    talk.wait_for_text(3, "late")
    assert "late" not in talk.cells()[4]["text"]


def test_talking_and_stopping_left_no_complaint(talk):
    assert talk.watch.complaints() == []


def test_the_lesson_on_races_runs_is_kept_and_goes_home(browser, server, tmp_path):
    with Lab(browser, server, server.put(RACES.name, RACES.read_text(encoding="utf-8"))) as lab:
        # It takes a minute on a machine of its own; on a busy one more.
        lab.run_all(seconds=300)

        cells = lab.cells()
        assert [error for cell in cells for error in cell["errors"] if "raises-exception" not in cell["tags"]] == []
        assert [cell["source"] for cell in cells if not cell["count"]] == []
        charts = number_of_charts(cells)
        assert charts >= 2
        lab.wait_for_live_charts(charts)
        cells = lab.cells()
        assert (sum(cell["live"] for cell in cells), sum(cell["unnamed"] for cell in cells)) == (charts, 0)

        lab.save()
        lab.reload()
        lab.wait_for_live_charts(charts)
        assert number_of_charts(lab.cells()) == charts

        page, watch = open_file(browser, lab.export("HTML", tmp_path / "handout.html", sanitize=True))
        page.wait_for_function("number => document.querySelectorAll('.chart.is-live').length === number", arg=charts)
        assert watch.complaints() == []
        assert lab.watch.complaints() == []


def number_of_charts(cells: list[dict]) -> int:
    outputs = [output for cell in cells for output in cell["outputs"]]
    return sum("application/vnd.threadbook.chart+json" in output.get("data", {}) for output in outputs)
