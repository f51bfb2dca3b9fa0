"""`make lab`."""

import os
import sys

from . import surroundings
from .places import NOTEBOOKS, PYTHON
from .setting_up import set_up


def open_lab(arguments: list[str]) -> int:
    """Becomes JupyterLab on the lessons; the arguments are its own."""
    ready = set_up()
    command = [str(PYTHON), "-m", "jupyterlab", f"--ServerApp.root_dir={NOTEBOOKS}", *for_this_machine(), *arguments]
    sys.stdout.flush()
    os.execve(command[0], command, surroundings.with_jdk(str(ready.jdk.home)))


def for_this_machine() -> list[str]:
    options = []
    if os.geteuid() == 0:
        # A container: there is nobody else to be.
        options.append("--allow-root")
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens):
        # Without a screen Jupyter would open a browser for terminals, in the middle of its own log.
        print("No screen here: open the address below in a browser.")
        options.append("--no-browser")
    return options
