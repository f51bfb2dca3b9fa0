"""What a browser complains about while a page is open."""

import re
from pathlib import Path

# Lines of JupyterLab's own that say nothing about a lesson.
HARMLESS_ERRORS = [
    # A chart that fits itself to its frame while the frame is being laid out; the next frame puts it right.
    r"ResizeObserver loop",
]
# A page that is left cancels what it still waits for.
HARMLESS_FAILURES = [r"net::ERR_ABORTED"]


class Watch:
    """Notes errors in the console, failed requests and requests to other hosts."""

    def __init__(self, home: str):
        """`home` is the address that requests may go to; inside the page itself (data:, blob:) they may too."""
        self.allowed = (home, home.replace("http", "ws", 1), "data:", "blob:", "about:")
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.outside: list[str] = []

    def observe(self, page) -> None:
        page.on("console", lambda message: self.said(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.said(str(error)))
        page.on("request", lambda request: self.asked(request.url))
        page.on("requestfailed", lambda request: self.failed(f"{request.failure} {request.url}"))

    def said(self, text: str) -> None:
        if not any(re.search(pattern, text) for pattern in HARMLESS_ERRORS):
            self.errors.append(text)

    def asked(self, url: str) -> None:
        self.requests.append(url)
        if not url.startswith(self.allowed):
            self.outside.append(url)

    def failed(self, text: str) -> None:
        if not any(re.search(pattern, text) for pattern in HARMLESS_FAILURES):
            self.errors.append(text)

    def complaints(self) -> list[str]:
        """Everything that should not have been, in words."""
        return self.errors + [f"asked for {url}" for url in self.outside]


def open_file(browser, file: Path, **context):
    """A page that shows the file, and the watch over it; `context` as for playwright's new_context.

    The page is fully scrolled through once, so that what waits to come into view has come.
    """
    page = browser.new_context(viewport={"width": 1280, "height": 800}, **context).new_page()
    watch = Watch(file.as_uri())
    watch.observe(page)
    page.goto(file.as_uri())
    for _ in range(60):
        if page.evaluate("scrollY + innerHeight + 1 >= document.documentElement.scrollHeight") is True:
            break
        page.mouse.wheel(0, 800)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page, watch
