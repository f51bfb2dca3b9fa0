"""Puts the kernel into the environment: jars, launcher, kernelspec, settings, handout template and exporter."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from . import aot, maven, surroundings
from .jdk import Jdk
from .places import (
    BROWSER_SCRIPTS,
    BUILD,
    ENVIRONMENT,
    HANDOUT_TEMPLATE,
    JUPYTER_SOURCES,
    KERNELSPEC,
    PROJECT,
    PYTHON,
    SETTINGS,
    SHARE,
)
from .step import once
from .trouble import Trouble

LAUNCHER = ("launch", "fallback.py")


def make(jdk: Jdk) -> bool:
    """Installs what changed; tells whether anything did."""
    jars = [*sorted(maven.JARS.glob("*.jar")), *maven.kernel_jars()]

    def copy() -> None:
        copy_jars(jars)
        copy_launcher(jdk)
        copy_kernelspec()
        copy_settings()
        copy_handout()

    changed = once(
        "installation",
        [JUPYTER_SOURCES, BROWSER_SCRIPTS, *jars, *maven.POMS, str(jdk), environment_stamp()],
        [KERNELSPEC / "kernel.json", SHARE / "launch"],
        copy,
    )
    return aot.make(jdk, environment_stamp()) or changed


def environment_stamp() -> str:
    """Changes when the environment was made anew, and with it what we had put there is gone."""
    return str(PYTHON.lstat().st_ctime_ns)


def jvm_options() -> list[str]:
    """The options of the kernel's JVM; kernel/pom.xml names them, because the unit tests run with the same."""
    pom = ElementTree.parse(PROJECT / "kernel" / "pom.xml")
    options = pom.findtext("m:properties/m:jvm.options", namespaces={"m": "http://maven.apache.org/POM/4.0.0"})
    if options is None:
        raise Trouble("Expected the property jvm.options in kernel/pom.xml; found none")
    return options.split()


def copy_jars(jars: list[Path]) -> None:
    lib = emptied(SHARE / "lib")
    for jar in jars:
        shutil.copy2(jar, lib / jar.name)
    # The launcher checks that each is there; and the AOT cache wants them in one order, always.
    write_lines(SHARE / "class-path", [jar.name for jar in jars])


def copy_launcher(jdk: Jdk) -> None:
    for name in LAUNCHER:
        shutil.copy2(JUPYTER_SOURCES / "launcher" / name, SHARE / name)
    write_lines(SHARE / "java-home", [str(jdk.home)])
    write_lines(SHARE / "jvm.options", jvm_options())


def copy_kernelspec() -> None:
    shutil.copytree(JUPYTER_SOURCES / "kernelspec", emptied(KERNELSPEC), dirs_exist_ok=True)
    description = json.loads((KERNELSPEC / "kernel.json").read_text(encoding="utf-8"))
    description["argv"] = [part.replace("{prefix}", str(ENVIRONMENT)) for part in description["argv"]]
    (KERNELSPEC / "kernel.json").write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
    # Jupyter's server serves this folder: charts find the script beside kernel.json.
    shutil.copy2(BROWSER_SCRIPTS / "plotly.min.js", KERNELSPEC)


def copy_settings() -> None:
    shutil.copytree(JUPYTER_SOURCES / "settings", SETTINGS, dirs_exist_ok=True)


def copy_handout() -> None:
    shutil.copytree(JUPYTER_SOURCES / "handout", emptied(HANDOUT_TEMPLATE), dirs_exist_ok=True)
    (HANDOUT_TEMPLATE / "static").mkdir(exist_ok=True)
    shutil.copy2(BROWSER_SCRIPTS / "plotly.min.js", HANDOUT_TEMPLATE / "static")
    # Built from a copy, so that no build's leavings lie among the sources; the build back end is in the environment.
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        source = shutil.copytree(JUPYTER_SOURCES / "exporter", Path(folder, "exporter"))
        command = [
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-index",
            "--no-deps",
            "--no-build-isolation",
            "--force-reinstall",
            "--root-user-action=ignore",
            source,
        ]
        if subprocess.run(command, env=surroundings.base(), stdin=subprocess.DEVNULL, check=False).returncode != 0:
            raise Trouble("The handout's exporter could not be installed: see above.")


def emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def write_lines(file: Path, lines: list[str]) -> None:
    file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
