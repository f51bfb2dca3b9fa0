"""Reads environment.yml, the one list of versions.

Only the shape that file has: `- name=version`, and `- name==version` under `- pip:`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from .places import PROJECT
from .trouble import Trouble

LIST = PROJECT / "environment.yml"

# What conda brings and a virtual environment takes from the machine; the rest are Python packages.
TOOLS = ("openjdk", "maven", "nodejs", "python", "pip")

ENTRY = re.compile(r"\s*- (?P<name>[\w.-]+)(?:==?(?P<version>[\w.]+))?\s*(?:#.*)?")


@dataclass(frozen=True)
class Versions:
    """Tools with the beginning of their version, Python packages with their exact one."""

    tools: dict[str, str]
    packages: dict[str, str]

    def requirements(self) -> list[str]:
        """The Python packages as pip wants them."""
        return [f"{name}=={version}" for name, version in self.packages.items()]


def read(file: Path = LIST) -> Versions:
    tools: dict[str, str] = {}
    packages: dict[str, str] = {}
    _, _, dependencies = file.read_text(encoding="utf-8").partition("\ndependencies:\n")
    for line in dependencies.splitlines():
        if not line.strip() or line.lstrip().startswith("#") or line.strip() == "- pip:":
            continue
        entry = ENTRY.fullmatch(line)
        if entry is None or (entry["version"] is None and entry["name"] != "pip"):
            raise Trouble(f"{file.name}: expected '- name=version' or '- name==version'; found {line!r}")
        (tools if entry["name"] in TOOLS else packages)[entry["name"]] = entry["version"] or ""
    return Versions(tools, packages)
