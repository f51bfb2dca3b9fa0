"""Markdown cells as HTML that stands alone."""

import html
import re
from dataclasses import dataclass, field

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .formula import mathml


@dataclass(frozen=True)
class Heading:
    """One heading of the page: its level (1 to 6), the id it can be linked by, and its words."""

    level: int
    anchor: str
    text: str


@dataclass
class Contents:
    """The headings met so far, in reading order; no two have the same anchor."""

    headings: list[Heading] = field(default_factory=list)

    def add(self, level: int, text: str) -> Heading:
        """Notes a heading and returns it with an anchor of its own.

        The anchor is made as JupyterLab makes it, so that a link from cell to cell works in both; the second
        "Exercise" becomes "Exercise-2".
        """
        wanted = text.replace(" ", "-")
        taken = {heading.anchor for heading in self.headings}
        anchor, number = wanted, 2
        while anchor in taken:
            anchor, number = f"{wanted}-{number}", number + 1
        heading = Heading(level, anchor, text)
        self.headings.append(heading)
        return heading

    @property
    def title(self) -> str | None:
        """The words of the first heading of level 1, if there is one."""
        return next((heading.text for heading in self.headings if heading.level == 1), None)

    def sections(self) -> list[Heading]:
        """What a table of contents lists: levels 2 and 3."""
        return [heading for heading in self.headings if heading.level in (2, 3)]


class Prose(IPythonRenderer):
    """nbconvert's Markdown with pictures embedded, formulas as MathML, and links that work between handouts."""

    def __init__(self, contents: Contents, path: str, attachments: dict):
        super().__init__(escape=False, embed_images=True, attachments=attachments, path=path)
        self.contents = contents

    def heading(self, text: str, level: int, **attrs) -> str:
        heading = self.contents.add(level, html.unescape(re.sub(r"<[^>]+>", "", text)).strip())
        anchor = html.escape(heading.anchor)
        link = f'<a class="anchor" href="#{anchor}" aria-label="Link to this section">#</a>' if level > 1 else ""
        return f'<h{level} id="{anchor}">{text}{link}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        # A link to another lesson: its handout lies beside this one.
        return super().link(text, re.sub(r"^(?![a-z]+:)([^#?]+)\.ipynb(?=$|#)", r"\1.html", url), title)

    def block_html(self, html: str) -> str:
        return self._embed_pictures(html)

    def inline_html(self, html: str) -> str:
        return self._embed_pictures(html)

    def _embed_pictures(self, html: str) -> str:
        # nbconvert's own way parses each piece of HTML by itself and so closes a <details> whose text
        # is still to come.
        return re.sub(
            r"""(<img\b[^>]*?\bsrc\s*=\s*)(["'])(.*?)\2""",
            lambda tag: f'{tag[1]}"{self._src_to_base64(tag[3]) or tag[3]}"',
            html,
            flags=re.IGNORECASE | re.DOTALL,
        )

    def block_math(self, body: str) -> str:
        return mathml(body, display=True)

    def inline_math(self, body: str) -> str:
        return mathml(body, display=False)

    def latex_environment(self, name: str, body: str) -> str:
        return mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", display=True)


def render(source: str, contents: Contents, path: str, attachments: dict) -> str:
    """A Markdown source as HTML; its headings are added to `contents`.

    `path` is the folder that relative pictures are looked for in; `attachments` are those of the cell.
    """
    return MarkdownWithMath(renderer=Prose(contents, path, attachments)).render(source)
