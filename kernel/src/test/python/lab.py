"""Drives a real JupyterLab as a user does: by its menus and buttons, looking at its page."""

import json
import os
import re
import secrets
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from browsing import Watch

PROJECT = Path(__file__).resolve().parents[4]
ANOTHER_PROGRAMS = ("JUPYTER", "PYTHON", "VIRTUAL_ENV", "CONDA_PREFIX")

# The notebook's model says what came from the kernel, the page what is drawn. `jupyterapp` is there because the
# server is told to expose it.
CELLS = """
() => {
  const drawn = (node) => { const box = node.getBoundingClientRect(); return box.width > 20 && box.height > 20; };
  const count = (area, selector) => [...area.querySelectorAll(selector)].filter(drawn).length;
  return jupyterapp.shell.currentWidget.content.widgets.filter((cell) => cell.model.type === 'code').map((cell) => {
    const area = cell.outputArea.node, outputs = cell.model.outputs.toJSON();
    return {
      source: cell.model.sharedModel.getSource(), tags: cell.model.getMetadata('tags') ?? [],
      count: cell.model.executionCount, trusted: cell.model.trusted, text: area.innerText, outputs,
      errors: outputs.filter((output) => output.output_type === 'error').map((output) => `${output.ename}: ${output.evalue}`),
      live: count(area, '.js-plotly-plot'), pictures: count(area, 'img[src^="data:image/svg+xml"]'),
      unnamed: area.querySelectorAll('img:not([alt]), img[alt=""]').length,
    };
  });
}
"""
# Something ran and nothing waits or runs any more: by the cells, because the kernel is idle between two of them.
# After an error the rest of the cells does not wait: whoever calls looks at what ran.
# For a while, because between two cells everything is idle for a moment.
FINISHED = """
() => {
  const panel = jupyterapp.shell.currentWidget;
  const models = panel.content.widgets.map((cell) => cell.model).filter((model) => model.type === 'code');
  const finished = panel.sessionContext.session?.kernel?.status === 'idle'
    && models.some((model) => model.executionCount) && models.every((model) => model.executionState !== 'running');
  const now = performance.now();
  window.finishedSince = finished ? window.finishedSince ?? now : undefined;
  return finished && now - window.finishedSince > 1500;
}
"""
BEGIN = "() => { window.finishedSince = undefined; }"
READY = """
() => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  return !!panel?.sessionContext?.isReady && panel.sessionContext.session?.kernel?.status === 'idle';
}
"""
BUSY = "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'busy'"
IDLE = "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
CLEAN = "() => !jupyterapp.shell.currentWidget.content.model.dirty"
# How high the window must be for every cell to be in view: JupyterLab draws only what is.
HEIGHT = """
() => {
  const notebook = jupyterapp.shell.currentWidget.content;
  const boxes = notebook.widgets.map((cell) => cell.node.getBoundingClientRect()).filter((box) => box.height);
  const frame = notebook.node.querySelector('.jp-WindowedPanel-outer') ?? notebook.node;
  return Math.ceil(Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top)))
    + innerHeight - frame.clientHeight + 80;
}
"""


class Server:
    """JupyterLab with a token, a port and folders of its own; nothing of the user's, no way to the network."""

    def __init__(self, home: Path):
        self.home, self.root, self.token = home, home / "lessons", secrets.token_hex(16)
        self.root.mkdir()
        self.log = home / "server.log"
        self.address = ""

    def __enter__(self):
        command = [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser",
            "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--ServerApp.root_dir={self.root}",
            f"--IdentityProvider.token={self.token}",
        ]  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=self.home, env=self.environment(), stdout=log, stderr=log)
        self.address = self.wait_until_it_answers(time.monotonic() + 60)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith(ANOTHER_PROGRAMS)}
        nowhere = "http://127.0.0.1:9"
        folders = {
            "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "IPYTHONDIR": "ipython", "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "xdg",
        }  # fmt: skip
        return own | {name: str(self.home / folder) for name, folder in folders.items()} | {
            "JUPYTER_PREFER_ENV_PATH": "1",
            "http_proxy": nowhere, "https_proxy": nowhere, "HTTP_PROXY": nowhere, "HTTPS_PROXY": nowhere,
            "no_proxy": "127.0.0.1,localhost", "NO_PROXY": "127.0.0.1,localhost",
        }  # fmt: skip

    def wait_until_it_answers(self, deadline: float) -> str:
        # With port 0 the system picks a free one; the server writes which into its runtime folder.
        while time.monotonic() < deadline and self.process.poll() is None:
            for file in (self.home / "runtime").glob("jpserver-*.json"):
                try:
                    address = json.loads(file.read_text())["url"]
                    urllib.request.urlopen(f"{address}api/status?token={self.token}", timeout=5).close()
                    return address
                except (OSError, ValueError):
                    pass  # the file is half written, or the server does not listen yet
            time.sleep(0.05)
        raise AssertionError(f"JupyterLab did not come up. Its log ends:\n{self.log.read_text()[-3000:]}")

    def put(self, name: str, text: str) -> str:
        """Writes a file into the folder that the server shows; returns its path there."""
        (self.root / name).write_text(text, encoding="utf-8")
        return name


class Lab:
    """One notebook, open in JupyterLab in a browser of its own.

    What the browser complained about is in `watch`; `export` leaves its pages in `folder`.
    """

    def __init__(self, browser, server: Server, path: str):
        self.server, self.path = server, path
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        self.watch = Watch(server.address)
        self.downloads = []
        self.context.on("page", self.opened)
        self.page = self.context.new_page()
        self.watch.observe(self.page)

    def __enter__(self):
        # A workspace of its own: JupyterLab would open the last one's notebooks too.
        workspace = f"lab/workspaces/{secrets.token_hex(4)}/tree/{self.path}"
        self.page.goto(f"{self.server.address}{workspace}?token={self.server.token}")
        self.page.wait_for_function(READY, timeout=60_000)
        return self

    def __exit__(self, *_):
        # The kernel goes with the page: the next notebook needs the processor.
        if not self.page.is_closed():
            self.page.evaluate("async () => { await jupyterapp.shell.currentWidget?.sessionContext?.shutdown(); }")
        self.context.close()

    def opened(self, page) -> None:
        # Lab opens an export in a tab of its own, which becomes a download.
        page.on("download", lambda download: self.downloads.append(download))

    def menu(self, *labels: str) -> None:
        """Chooses from the menu bar."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{re.escape(labels[0])}$")).click()
        for label in labels[1:]:
            text = self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(label)}$"))
            self.page.locator(".lm-Menu:visible .lm-Menu-item", has=text).last.click()

    def run_all(self, seconds: float = 60) -> None:
        """Run > Run All Cells, and waits until nothing runs any more; nothing may have run before."""
        self.menu("Run", "Run All Cells")
        self.page.evaluate(BEGIN)
        self.wait(FINISHED, seconds)

    def restart_and_run_all(self, seconds: float = 60) -> None:
        self.menu("Edit", "Clear Outputs of All Cells")
        self.menu("Kernel", "Restart Kernel and Run All Cells…")
        self.page.locator(".jp-Dialog button.jp-mod-accept").click()
        self.page.evaluate(BEGIN)
        self.wait(FINISHED, seconds)

    def run_cell(self, number: int) -> None:
        """Clicks into the code cell, counted from 0, and runs it by the menu."""
        self.page.locator(".jp-Notebook .jp-CodeCell").nth(number).locator(".cm-content").click()
        self.menu("Run", "Run Selected Cell")

    def press_stop(self) -> None:
        self.page.locator('[data-jp-item-name="interrupt"] jp-button').click()

    def wait(self, condition: str, seconds: float = 20, argument=None) -> None:
        self.page.wait_for_function(condition, arg=argument, timeout=seconds * 1000)

    def wait_for_text(self, number: int, text: str, seconds: float = 20) -> None:
        """Waits until the output of the code cell, counted from 0, holds the text."""
        self.wait(
            """([number, text]) => jupyterapp.shell.currentWidget.content.widgets
                 .filter((cell) => cell.model.type === 'code')[number].outputArea.node.innerText.includes(text)""",
            seconds,
            [number, text],
        )

    def wait_for_live_charts(self, number: int) -> None:
        self.show_everything()
        self.wait("number => document.querySelectorAll('.jp-Notebook .js-plotly-plot').length >= number", 20, number)

    def cells(self) -> list[dict]:
        """What each code cell holds and shows; see CELLS."""
        self.show_everything()
        return self.page.evaluate(CELLS)

    def show_everything(self) -> None:
        for _ in range(3):  # the height is a guess for cells that were never drawn
            height = min(self.page.evaluate(HEIGHT), 16_000)
            if height <= self.page.viewport_size["height"]:
                return
            self.page.set_viewport_size({"width": 1280, "height": height})
            self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def save(self) -> str:
        """File > Save Notebook; returns what is in the file."""
        # A notebook that is clean already says nothing about when the file is written: the server's answer does.
        with self.page.expect_response(lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url):
            self.menu("File", "Save Notebook")
        self.wait(CLEAN)
        return (self.server.root / self.path).read_text(encoding="utf-8")

    def reload(self) -> None:
        self.page.reload()
        self.wait(READY, 60)

    def export(self, label: str, target: Path, sanitize: bool | None = None) -> Path:
        """File > Save and Export Notebook As > label; `sanitize` answers the dialog that HTML asks."""
        self.page.locator(".jp-Notebook .jp-Cell").first.click()
        self.downloads.clear()
        self.menu("File", "Save and Export Notebook As", label)
        if sanitize is not None:
            dialog = self.page.locator(".jp-Dialog")
            dialog.locator("input[type=checkbox]").set_checked(sanitize)
            dialog.locator("button.jp-mod-accept").click()
        deadline = time.monotonic() + 30
        while not self.downloads and time.monotonic() < deadline:
            self.page.wait_for_timeout(50)
        assert self.downloads, f"the menu's {label} downloaded nothing within 30 s"
        self.downloads[0].save_as(target)
        return target
