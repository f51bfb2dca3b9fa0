"""What the template needs to know of the whole notebook before it writes the first line."""

import os

from nbconvert.filters import Highlight2HTML
from nbconvert.preprocessors import Preprocessor

from .prose import Contents, render

CHART = "application/vnd.threadbook.chart+json"


class Page(Preprocessor):
    """Renders the prose, collects its headings, and looks whether there is a chart.

    Gives the template `resources.page`: `title`, `running_title` (a CSS string for the foot of a printed page),
    `language`, `contents` (entries with `level`, `anchor`, `text`), `has_charts`, and the functions
    `prose(source)` for a Markdown output and `highlight(source)` for code. A Markdown cell's own HTML is put into
    its metadata, as `handout_html`.
    """

    def preprocess(self, nb, resources):
        """Returns the notebook with its prose rendered, and the resources with `page`."""
        path = resources.get("metadata", {}).get("path") or os.curdir
        contents = Contents()
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.metadata["handout_html"] = render(cell.source, contents, path, cell.get("attachments", {}))
        title = contents.title or resources.get("metadata", {}).get("name", "Notebook")
        resources["page"] = {
            "title": title,
            "running_title": css_string(title),
            "language": nb.metadata.get("language", "en"),
            "contents": contents.sections(),
            "has_charts": any(CHART in output.get("data", {}) for output in outputs(nb)),
            "prose": lambda source: render(source, Contents(), path, {}),
            "highlight": Highlight2HTML(pygments_lexer=lexer(nb)),
        }
        return nb, resources


def outputs(nb):
    """All outputs of all code cells, from top to bottom."""
    return (output for cell in nb.cells if cell.cell_type == "code" for output in cell.outputs)


def lexer(nb) -> str:
    """Pygments' name for the notebook's language; a notebook that was never run says it only in its kernelspec."""
    info = nb.metadata.get("language_info", {})
    return info.get("pygments_lexer") or info.get("name") or nb.metadata.get("kernelspec", {}).get("language", "java")


def css_string(text: str) -> str:
    """The text as a string of CSS, harmless inside `<style>` too."""
    return '"' + "".join(c if c.isalnum() or c in " .,:-" else f"\\{ord(c):x} " for c in text) + '"'
