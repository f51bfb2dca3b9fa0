"""The handout: one file that opens anywhere, tells all without a script, and more with one."""

import json
import re
import sys
from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter, get_exporter
from nbformat import v4

import lessons
from browsing import open_file
from lessons import code, markdown

sys.path.append(str(Path(__file__).resolve().parents[4] / "notebooks" / ".tools"))
from references import outside  # noqa: E402  the tools are no package

ALT = "Speedup: 1 with one worker, 1.9 with two."
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 420"><rect width="760" height="420" fill="#ffffff"/>\
<path d="M60 360 L700 60" stroke="#333333" fill="none"/></svg>"""
FIGURE = {
    "data": [{"type": "scatter", "x": [1, 2], "y": [1, 1.9], "line": {"color": "#0072b2"}}],
    "layout": {"width": 760, "height": 420, "title": {"text": "Speedup"}, "paper_bgcolor": "#ffffff", "font": {"color": "#333333"}},
    "alt": ALT,
}  # fmt: skip


def chart():
    forms = {
        "application/vnd.threadbook.chart+json": FIGURE, "image/svg+xml": SVG, "text/plain": ALT,
        "text/html": "<p>for JupyterLab only</p>",
    }  # fmt: skip
    return v4.new_output("display_data", data=forms)


def stream(text: str, name: str = "stdout"):
    return v4.new_output("stream", name=name, text=text)


PROSE = """## How much faster?

The speedup is $S(n) = \\frac{T_1}{T_n}$. Next: [locks](04-locks.ipynb#first), [the language](https://docs.oracle.com/).

<details><summary>Answer</summary>

It *depends*.

</details>
"""
EXECUTED = lessons.notebook(
    markdown("# Threads & races"),
    markdown(PROSE),
    code("int workers = 2;", [stream("10%\r20%\r"), stream("100%\n"), stream("careful\n", "stderr")], count=1),
    code("chart()", [chart()], count=2),
    markdown("## Exercise\n\n### Exercise"),
    code("hidden()", [chart()], tags=["hide-input"], count=3),
    code("removed()", [stream("removed\n")], tags=["remove-cell"], count=4),
    code(
        "1 / 0",
        [v4.new_output("error", ename="E", evalue="e", traceback=["\x1b[1;31mArithmeticException\x1b[0m: <by zero>"])],
        count=5,
    ),
    language_info={"name": "java", "version": "25.0.1", "pygments_lexer": "java"},
)  # fmt: skip


@pytest.fixture(scope="module")
def executed(tmp_path_factory) -> Path:
    notebook = tmp_path_factory.mktemp("handout") / "races.ipynb"
    notebook.write_text(EXECUTED, encoding="utf-8")
    return notebook


@pytest.fixture(scope="module")
def text(executed) -> str:
    return get_exporter("handout")().from_filename(str(executed))[0]


@pytest.fixture(scope="module")
def file(executed, text) -> Path:
    page = executed.with_suffix(".html")
    page.write_text(text, encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def opened(browser, file):
    page, watch = open_file(browser, file)
    page.wait_for_function("() => document.querySelectorAll('.chart.is-live').length === 2")
    yield page, watch
    page.context.close()


def test_it_names_nothing_that_a_browser_would_fetch(text):
    assert outside(text) == []


def test_the_check_for_references_finds_each_kind():
    page = """<link href="a.css"><script src="https://b"></script><img src="data:x"><a href="https://c">c</a>
        <style>@import "d.css"; p { background: url(e.png) }</style><p style="background: url('f.png')"></p>
        <svg><use href="#here"></use><image href="g.png"></image></svg><script>fetch("https://not-read")</script>"""

    assert outside(page) == ["a.css", "https://b", "d.css", "e.png", "f.png", "g.png"]


def test_the_stock_exporter_gives_the_same_page_whatever_its_sanitizing(executed, text):
    for sanitize in (True, False):
        stock = HTMLExporter(template_name="handout", sanitize_html=sanitize)

        assert stock.from_filename(str(executed))[0] == text


def test_a_page_without_charts_does_not_carry_plotly(executed):
    alone = executed.with_name("alone.ipynb")
    alone.write_text(lessons.notebook(markdown("# Alone"), code("1 + 1")), encoding="utf-8")

    page, _ = get_exporter("handout")().from_filename(str(alone))

    assert len(page) < 40_000


def test_formulas_are_drawn_without_a_script(text):
    assert "<mfrac>" in text
    assert "$S(n)" not in text


def test_a_formula_beyond_the_converter_is_shown_as_its_source():
    from threadbook_handout.formula import mathml

    assert mathml(r"\frac{", display=False) == r'<code class="formula">\frac{</code>'


def test_a_folded_answer_holds_its_text(text):
    assert re.search(r"<details>\s*<summary>Answer</summary>\s*<p>It <em>depends</em>.</p>\s*</details>", text)


def test_a_link_to_another_lesson_leads_to_its_handout(text):
    assert 'href="04-locks.html#first"' in text
    assert 'href="https://docs.oracle.com/"' in text


def test_output_reads_as_it_did_in_the_notebook(text):
    assert re.search(r'<pre [^>]*class="out stdout"[^>]*>100%\n</pre>', text)
    assert re.search(r'<pre [^>]*class="out stderr"[^>]*>careful\n</pre>', text)
    assert '<span class="ansi-red-intense-fg ansi-bold">ArithmeticException</span>: &lt;by zero&gt;' in text
    assert "removed" not in text
    assert "for JupyterLab only" not in text


def test_opening_it_asks_for_nothing_and_complains_about_nothing(opened, file):
    _, watch = opened

    assert watch.requests == [file.as_uri()]
    assert watch.complaints() == []


def test_charts_come_alive_in_the_place_of_their_pictures(opened):
    page, _ = opened

    assert page.locator(".live .main-svg").first.is_visible()
    assert page.locator(".still:visible").count() == 0
    assert page.get_by_role("img", name=ALT).count() == 2


def test_without_scripts_the_pictures_are_there(browser, file):
    page = browser.new_context(java_script_enabled=False).new_page()

    page.goto(file.as_uri())

    assert page.get_by_role("img", name=ALT).count() == 2
    assert page.locator(".still svg").first.bounding_box()["height"] > 200
    assert page.locator(".live:visible").count() == 0
    page.context.close()


def test_the_contents_lead_to_every_section(opened):
    page, _ = opened
    links = page.get_by_role("navigation", name="Contents").get_by_role("link")

    assert links.all_inner_texts() == ["How much faster?", "Exercise", "Exercise"]
    anchors = [link.get_attribute("href") for link in links.all()]
    assert anchors == ["#How-much-faster?", "#Exercise", "#Exercise-2"]
    links.last.click()
    assert page.evaluate("document.querySelector(':target').textContent").startswith("Exercise")


def test_code_folds_one_by_one_and_all_at_once(opened):
    page, _ = opened
    sources = page.locator("details.input .highlight")

    assert [source.is_visible() for source in sources.all()] == [True, True, False, True]
    page.get_by_role("button", name="Hide all code").click()
    assert page.locator("details.input .highlight:visible").count() == 0
    page.get_by_role("button", name="Show all code").click()
    assert page.locator("details.input .highlight:visible").count() == 4


def test_in_the_dark_page_picture_and_chart_are_dark(opened):
    page, _ = opened
    page.emulate_media(color_scheme="dark")

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert max(map(int, re.findall(r"\d+", ground))) < 60
    page.wait_for_function(
        "ground => getComputedStyle(document.querySelector('.live .main-svg')).backgroundColor === ground", arg=ground
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.still rect')).fill") == ground
    page.emulate_media(color_scheme="light")


def test_on_paper_every_fold_is_open_and_no_chart_is_cut(opened, tmp_path):
    page, _ = opened
    page.emulate_media(media="print")

    assert page.locator(".still svg:visible").count() == 2
    assert page.locator(".live:visible").count() == 0
    assert page.locator("nav:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.chart')).breakInside") == "avoid"
    printed = page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    # A4, in points.
    assert set(re.findall(rb"/MediaBox \[0 0 (\d+)[\d.]* (\d+)", printed)) == {(b"594", b"841")}
    page.emulate_media(media="screen")


def test_what_was_meant_as_json_stays_json(text):
    hostile = dict(FIGURE, alt="</script><script>alert(1)</script>")
    book = v4.new_notebook(cells=[code("x", [v4.new_output("display_data", data={"application/vnd.threadbook.chart+json": hostile})])])

    page, _ = get_exporter("handout")().from_notebook_node(book)

    assert "<script>alert(1)" not in page
    inside = re.search(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)[1]
    assert json.loads(inside) == hostile
