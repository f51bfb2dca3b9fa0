"""Finds what a page would ask the browser to fetch: a handout must ask for nothing."""

import re
from html.parser import HTMLParser

# Attributes that are fetched without a click. `href` counts for <link> and for SVG, not for <a>.
FETCHED = {"src", "srcset", "poster", "data", "background"}
HARMLESS = ("data:", "#", "about:")
IN_CSS = re.compile(r"""url\(\s*["']?([^"')\s]+)|@import\s+["']([^"']+)""")


class References(HTMLParser):
    """Collects the addresses that are fetched when the page is opened."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self.in_style = False

    def handle_starttag(self, tag, attributes):
        self.in_style = tag == "style"
        for name, value in attributes:
            if name in FETCHED or (name in ("href", "xlink:href") and tag not in ("a", "area")):
                self.note(value or "")
            elif name == "style":
                self.css(value or "")

    def handle_endtag(self, tag):
        self.in_style = False

    def handle_data(self, text):
        if self.in_style:
            self.css(text)

    def css(self, text: str) -> None:
        for address in IN_CSS.findall(text):
            self.note("".join(address))

    def note(self, address: str) -> None:
        if not address.startswith(HARMLESS):
            self.found.append(address)


def outside(page: str) -> list[str]:
    """The addresses outside the page that a browser would fetch, each once, in order.

    Scripts are not read: what they ask for is seen only in a browser, with the network off.
    """
    references = References()
    references.feed(page)
    return list(dict.fromkeys(references.found))
