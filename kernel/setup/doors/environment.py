"""The Python environment in build/env: by conda, mamba or micromamba when present, otherwise a venv."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import surroundings, versions
from .places import BUILD, ENVIRONMENT, JUPYTER, PYTHON
from .step import once
from .trouble import Trouble

CONDAS = ("mamba", "micromamba", "conda")


def conda() -> str | None:
    """The program that reads environment.yml; None without one, or with THREADBOOK_ENV=venv."""
    if os.environ.get("THREADBOOK_ENV") == "venv":
        return None
    return next((found for name in CONDAS if (found := shutil.which(name))), None)


def make() -> bool:
    """Makes the environment if it is not there as environment.yml says; tells whether it did."""
    program = conda()

    def create() -> None:
        print(f"Python environment: by {program or 'venv and pip'}; the first time this takes a minute …", flush=True)
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        BUILD.mkdir(exist_ok=True)
        if program is None or not by_conda(program):
            by_venv()
        # IPython warns on a missing folder, and would write elsewhere.
        JUPYTER.mkdir(exist_ok=True)

    return once("environment", [versions.LIST, program or sys.version], [PYTHON, JUPYTER], create)


def by_conda(program: str) -> bool:
    create = ["create"] if Path(program).name == "micromamba" else ["env", "create"]
    done = call([program, *create, "--quiet", "--prefix", ENVIRONMENT, "--file", versions.LIST])
    if not done:
        # A school's conda may not reach the channel: the same packages come from PyPI too.
        print(f"{program} failed (see above); making a virtual environment instead …", flush=True)
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    return done


def by_venv() -> None:
    if not call([sys.executable, "-m", "venv", ENVIRONMENT]):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Trouble(
            f"Expected the module venv in {sys.executable}; it failed, see above.\n"
            f"On Debian and Ubuntu it is a package of its own: apt install python{version}-venv"
        )
    install(versions.read().requirements())


def install(requirements: list[str]) -> None:
    if not call([PYTHON, "-m", "pip", "install", "--quiet", *requirements]):
        raise Trouble("pip failed: see above. The first time it needs the network.")


def call(command: list[str | Path]) -> bool:
    return subprocess.run(command, env=surroundings.base(), stdin=subprocess.DEVNULL, check=False).returncode == 0
