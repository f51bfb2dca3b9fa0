"""Finds a JDK 25."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .places import ENVIRONMENT
from .trouble import Trouble

# The kernel uses doors inside this JDK; the next one may have them elsewhere.
WANTED = 25

USUAL_FOLDERS = (
    "/usr/lib/jvm/*",
    "/usr/lib64/jvm/*",
    "/usr/java/*",
    "/usr/local/java/*",
    "/usr/local/*jdk*",
    "/opt/*",
    "/opt/java/*",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
    "~/.asdf/installs/java/*",
    "~/.local/share/mise/installs/java/*",
    "~/.gradle/jdks/*",
    "~/.jbang/cache/jdks/*",
)

HOW_TO_GET_ONE = f"""\
To get one:
  Debian, Ubuntu   apt install openjdk-{WANTED}-jdk
  Fedora           dnf install java-{WANTED}-openjdk-devel
  macOS            brew install openjdk@{WANTED}
  any              unpack one from https://adoptium.net/temurin/releases/?version={WANTED}
                   and set JAVA_HOME to its folder"""


@dataclass(frozen=True)
class Jdk:
    home: Path
    version: str


def find() -> Jdk:
    """The first JDK 25 of: JAVA_HOME, the environment, the PATH, the folders where JDKs usually lie."""
    others = []
    for home in dict.fromkeys(candidates()):
        version = version_of(home)
        if version is None:
            continue
        flaw = flaw_of(home, version)
        if flaw is None:
            return Jdk(home, version)
        others.append(f"  {home}: {flaw}")
    found = "found only\n" + "\n".join(others) if others else "found none"
    raise Trouble(
        f"Expected a JDK {WANTED} in JAVA_HOME, on the PATH or in a usual folder (/usr/lib/jvm, /opt, ~/.sdkman …);"
        f" {found}\n{HOW_TO_GET_ONE}"
    )


def candidates() -> Iterator[Path]:
    if os.environ.get("JAVA_HOME"):
        yield Path(os.environ["JAVA_HOME"]).resolve()
    yield ENVIRONMENT / "lib" / "jvm"
    for program in ("javac", "java"):
        on_path = shutil.which(program)
        if on_path:
            yield Path(on_path).resolve().parent.parent
    if os.environ.get("CONDA_PREFIX"):
        yield Path(os.environ["CONDA_PREFIX"], "lib", "jvm")
    for folder in USUAL_FOLDERS:
        pattern = Path(folder).expanduser()
        for match in sorted(Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor))), reverse=True):
            yield match.resolve()


def version_of(home: Path) -> str | None:
    """Such as 25.0.3; None if no Java is there."""
    java = home / "bin" / "java"
    if not java.is_file():
        return None
    release = release_of(home)
    if "JAVA_VERSION" in release:
        return release["JAVA_VERSION"]
    # Some distributions leave the file out.
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False).stderr
    except (OSError, subprocess.TimeoutExpired):
        return None
    quoted = re.search(r'version "([^"]+)"', said)
    return quoted[1] if quoted else None


def flaw_of(home: Path, version: str) -> str | None:
    """Why this Java will not do; None if it will."""
    if re.match(r"\d+", version) is None or int(re.match(r"\d+", version)[0]) != WANTED:
        return version
    if not (home / "bin" / "javac").is_file():
        return f"{version}, a JRE: it has no javac"
    modules = release_of(home).get("MODULES")
    if modules is not None and "jdk.jshell" not in modules.split():
        return f"{version}, without the module jdk.jshell"
    return None


def release_of(home: Path) -> dict[str, str]:
    """What the JDK says of itself in the file `release`."""
    try:
        text = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
    return {name: value.strip().strip('"') for name, _, value in pairs}
