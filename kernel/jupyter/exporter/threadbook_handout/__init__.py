"""A notebook as one HTML file that goes home with the students.

`Handout` is the exporter (`jupyter nbconvert --to handout`, JupyterLab's menu). The page itself is the
nbconvert template `handout`; what Jinja is poor at is prepared by `Page`, which the template's own
`conf.json` asks for, so that the stock HTML exporter gives the same page when it is told to use the template.
"""

from nbconvert.exporters import HTMLExporter
from traitlets import default

from .page import Page

__all__ = ["Handout", "Page"]


class Handout(HTMLExporter):
    """The HTML exporter with our template."""

    export_from_notebook = "Handout…"

    # A default and not a class attribute: an attribute would take the trait away, and with it the
    # teacher's right to configure another template.
    @default("template_name")
    def _handout(self) -> str:
        return "handout"
