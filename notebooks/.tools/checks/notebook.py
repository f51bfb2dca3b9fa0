"""Notebooks as files: which there are, and whether they are what nbformat says they should be."""
import json
import os
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4.rwbase import rejoin_lines
from nbformat.validator import iter_validate

from .fault import Fault

LOOK_AWAY = {".git", ".ipynb_checkpoints", ".pytest_cache", ".venv", "__pycache__", "build", "node_modules", "target"}


@dataclass(frozen=True)
class Lesson:
    path: Path
    name: str  # relative to the root, with forward slashes
    content: nbformat.NotebookNode

    @property
    def number(self) -> str:
        """The two digits that its name begins with, or an empty string."""
        return self.path.name[:2] if self.path.name[:2].isdigit() else ""

    def place(self, cell) -> str:
        return f"{self.name}:cell {cell.get('id', '(no id)')}"

    def markdown(self) -> list:
        return [cell for cell in self.content.cells if cell.cell_type == "markdown"]

    def code(self) -> list:
        return [cell for cell in self.content.cells if cell.cell_type == "code"]


def files(root: Path, suffix: str) -> list[Path]:
    """Every file below the folder that ends so, sorted; what a build makes is left out."""
    found = []
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if name not in LOOK_AWAY]
        found += [Path(folder) / name for name in names if name.endswith(suffix)]
    return sorted(found)


def read_all(root: Path, folder: Path) -> tuple[list[Lesson], list[Fault]]:
    """The notebooks that can be read, and a fault for each that is none or breaks the format."""
    lessons, found = [], []
    for path in files(folder, ".ipynb"):
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        try:
            # nbformat.read would repair what we want to find.
            raw = json.loads(path.read_text(encoding="utf-8"))
            version = f"{raw['nbformat']}.{raw['nbformat_minor']}"
        except (ValueError, KeyError, TypeError) as error:
            found.append(Fault(name, "a notebook in JSON", f"{type(error).__name__}: {error}", "open and save it in JupyterLab"))
            continue
        if version != "4.5":
            found.append(Fault(name, "notebook format 4.5, the first with cell ids", version, "save it in JupyterLab 4"))
            continue
        content = rejoin_lines(nbformat.from_dict(raw))
        broken = [error.message.splitlines()[0] for error in iter_validate(content)]
        if broken:
            found.append(Fault(name, "a valid notebook of format 4.5", broken[0], "repair or remove what it names"))
        else:
            lessons.append(Lesson(path, name, content))
    return lessons, found
