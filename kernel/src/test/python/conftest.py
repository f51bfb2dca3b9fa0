"""What the tests that drive a browser share: one browser, one JupyterLab, both started when first asked for."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program; tests that need it are skipped where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    found = os.environ.get("THREADBOOK_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("JupyterLab and the handouts in a browser: no Chromium found (set THREADBOOK_CHROMIUM)")
    return found


@pytest.fixture(scope="session")
def browser(chromium):
    """A headless Chromium that resolves no name: whatever asks the network for something fails and is seen."""
    # Imported here: collecting the tests must work without it.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                # Chromium's sandbox refuses to run as root, as in a container.
                *(["--no-sandbox"] if os.geteuid() == 0 else []),
            ],
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """JupyterLab as `make lab` starts it, on an empty folder, with a Jupyter home of its own."""
    from lab import Server

    with Server(tmp_path_factory.mktemp("lab")) as running:
        yield running
