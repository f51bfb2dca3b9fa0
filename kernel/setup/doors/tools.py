"""The doors that run one tool after the set-up."""

import os
import subprocess
from pathlib import Path

from . import maven, surroundings
from .places import NOTEBOOK_TOOLS, PROJECT, PYTHON, PYTHON_TESTS
from .setting_up import set_up
from .trouble import Trouble


def execute_notebooks(arguments: list[str]) -> int:
    set_up()
    return run(NOTEBOOK_TOOLS / "run.py", arguments)


def write_handouts(arguments: list[str]) -> int:
    set_up()
    return run(NOTEBOOK_TOOLS / "handouts.py", arguments)


def measure(arguments: list[str]) -> int:
    """How fast the kernel is, how soon cells are left, what weaving costs, how fast programs are explored, how soon
    processes are there, what tracing costs.

    Arguments go to the first.
    """
    ready = set_up()
    answers = run(PYTHON_TESTS / "bench.py", arguments)
    leaving = run(PYTHON_TESTS / "leaving.py", [])
    os.environ["JAVA_HOME"] = str(ready.jdk.home)
    weaving = run(PYTHON_TESTS / "weaving.py", [])
    processes = run(PYTHON_TESTS / "processes.py", [])
    exploring = run(PYTHON_TESTS / "exploring.py", [])
    tracing = run(PYTHON_TESTS / "tracing.py", [])
    return run(PYTHON_TESTS / "global_lock.py", []) or tracing or exploring or processes or weaving or leaving or answers


def check(arguments: list[str]) -> int:
    ready = set_up()
    lessons = run(NOTEBOOK_TOOLS / "check.py", arguments)
    maven.run(ready.jdk, ["-q", "spotless:check"])
    return lessons


def run(tool: Path, arguments: list[str]) -> int:
    """Runs a Python program of the project in the environment; returns its exit status."""
    if not tool.exists():
        raise Trouble(f"Expected {tool.relative_to(PROJECT)}; it is not there")
    command = [PYTHON, tool, *arguments]
    return subprocess.run(command, cwd=PROJECT, env=surroundings.without_server(), check=False).returncode
