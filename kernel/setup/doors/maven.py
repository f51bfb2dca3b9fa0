"""Finds Maven and runs it: without the network whenever that can do."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import surroundings
from .jdk import Jdk
from .places import BUILD, ENVIRONMENT, KERNEL_TARGET, PROJECT
from .step import fingerprint_of, hold, holds, once
from .trouble import Trouble

POMS = [PROJECT / "pom.xml", PROJECT / "src" / "pom.xml", PROJECT / "kernel" / "pom.xml", PROJECT / ".mvn"]
SOURCES = [*POMS, PROJECT / "src" / "main", PROJECT / "kernel" / "src" / "main"]
JARS = KERNEL_TARGET / "lib"
# What Maven prints when something is missing that only the network has.
MISSING = ("offline mode", "has not been downloaded", "could not be resolved", "Could not resolve")


def build_jars(jdk: Jdk) -> bool:
    """Makes the kernel's jar and, in kernel/target/lib, those it needs; tells whether there was anything to do."""

    def make() -> None:
        shutil.rmtree(JARS, ignore_errors=True)
        if holds("maven", downloads()):
            run(jdk, ["-q", "-Dmaven.test.skip=true", "package"])
        else:
            # The first time: everything that `make test` will ask of Maven but the tests themselves, so
            # that later all of it can be had without the network. A tag that no test bears, because
            # surefire fetches what it runs tests with only if it found some.
            print("Maven: compiling; the first time it downloads what it needs …", flush=True)
            run(jdk, ["-q", "-Dgroups=none", "verify"])

    return once("jars", [*SOURCES, str(jdk)], [JARS, *kernel_jars()], make)


def verify(jdk: Jdk) -> None:
    """Compiles, tests and checks both modules, and leaves the jars that `build_jars` would make."""
    shutil.rmtree(JARS, ignore_errors=True)
    run(jdk, ["verify"])
    hold("jars", fingerprint_of([*SOURCES, str(jdk)]))


def kernel_jars() -> list[Path]:
    """The kernel's own jar; as a pattern's one match, because its version is the pom's business."""
    return sorted(KERNEL_TARGET.glob("threadbook-ijava-kernel-*.jar")) or [
        KERNEL_TARGET / "threadbook-ijava-kernel.jar"
    ]


def run(jdk: Jdk, arguments: list[str]) -> None:
    """Runs Maven; without the network if these poms were resolved before, and then with it only if something is missing."""
    if holds("maven", downloads()):
        said, status = call(jdk, ["-o", *arguments])
        if status == 0:
            return
        if not any(words in said for words in MISSING):
            raise Trouble("Maven failed: see above.")
        print("Maven: something is missing that was here before; downloading it …", flush=True)
    _, status = call(jdk, arguments)
    if status != 0:
        raise Trouble("Maven failed: see above. The first time it needs the network.")
    hold("maven", fingerprint_of(downloads()))


def call(jdk: Jdk, arguments: list[str]) -> tuple[str, int]:
    """Shows what Maven prints while it runs; returns it with the exit status."""
    command = [find(), "-B", "-ntp", "-Dstyle.color=never", *repository(), *arguments]
    said = []
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env=surroundings.with_jdk(str(jdk.home)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            # Maven resets the terminal's colours although it is told to use none.
            print(line.replace("\x1b[0m", ""), end="", flush=True)
            said.append(line)
    return "".join(said), process.returncode


def downloads() -> list[Path | str]:
    """What decides which files Maven needs, and where it keeps them."""
    return [*POMS, *repository()]


def repository() -> list[str]:
    """Maven's own repository; with a home folder that cannot be written to, one in build/."""
    # Java takes the home folder from the system, not from HOME.
    homes = {Path.home(), Path(pwd.getpwuid(os.getuid()).pw_dir)}
    if all(writable(home / ".m2" / "repository") for home in homes):
        return []
    return [f"-Dmaven.repo.local={BUILD / 'm2'}"]


def writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    try:
        # Tried, because the right to write says nothing on a read-only file system or for root.
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def find() -> str:
    home = os.environ.get("MAVEN_HOME") or os.environ.get("M2_HOME")
    places = [
        *([Path(home, "bin", "mvn")] if home else []),
        ENVIRONMENT / "bin" / "mvn",
        Path("~/.sdkman/candidates/maven/current/bin/mvn").expanduser(),
        *sorted(Path("/opt").glob("*maven*/bin/mvn")),
        Path("/usr/share/maven/bin/mvn"),
    ]
    found = shutil.which("mvn") or next((str(place) for place in places if os.access(place, os.X_OK)), None)
    if found is None:
        raise Trouble(
            "Expected Maven (mvn) on the PATH, in MAVEN_HOME or in a usual folder; found none.\n"
            "To get it:  Debian, Ubuntu: apt install maven    Fedora: dnf install maven\n"
            "            macOS: brew install maven            any: https://maven.apache.org/download.html"
        )
    return found
