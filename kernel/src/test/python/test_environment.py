"""What is installed is what the lists say: environment.yml, kernel/pom.xml, NOTICE."""

import importlib.metadata
import json
import re
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(PROJECT / "kernel" / "setup"))

from doors import installation, versions  # noqa: E402  (needs the path above)

PREFIX = Path(sys.prefix)
INSTALLED = PREFIX / "share" / "threadbook"
LISTED = versions.read()


@pytest.mark.parametrize("package", LISTED.packages)
def test_a_package_has_the_listed_version(package):
    assert importlib.metadata.version(package) == LISTED.packages[package]


def test_every_tool_is_listed():
    assert set(LISTED.tools) == set(versions.TOOLS)


def test_the_jvm_runs_with_the_options_of_the_pom():
    assert (INSTALLED / "jvm.options").read_text().split() == installation.jvm_options()


def test_the_jdk_of_the_list_is_the_jdk_of_the_build():
    pom = (PROJECT / "pom.xml").read_text()

    assert f"<maven.compiler.release>{LISTED.tools['openjdk']}<" in pom


def test_the_kernelspec_starts_the_installed_launcher():
    spec = json.loads((PREFIX / "share" / "jupyter" / "kernels" / "java" / "kernel.json").read_text())

    assert spec["argv"] == ["/bin/sh", str(INSTALLED / "launch"), "{connection_file}"]
    assert (spec["display_name"], spec["interrupt_mode"]) == ("Java (Threadbook)", "message")


@pytest.mark.parametrize("name", ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg", "plotly.min.js"])
def test_the_kernelspec_has_its_files(name):
    assert (PREFIX / "share" / "jupyter" / "kernels" / "java" / name).stat().st_size > 0


def test_the_handout_is_the_template_that_jupyter_finds():
    template = PREFIX / "share" / "jupyter" / "nbconvert" / "templates" / "handout"

    assert {"conf.json", "index.html.j2"} <= {file.name for file in template.iterdir()}
    assert (template / "static" / "plotly.min.js").exists()
    assert "handout" in importlib.metadata.entry_points(group="nbconvert.exporters").names


@pytest.mark.parametrize("jar", (INSTALLED / "class-path").read_text().split())
def test_a_jar_that_is_shipped_is_in_the_notice(jar):
    named = {
        "error_prone_annotations": "Error Prone",
        "failureaccess": "failureaccess",
        "j2objc-annotations": "J2ObjC",
        "commons-math3": "Apache Commons Math",
        "slf4j-api": "SLF4J",
        "slf4j-nop": "SLF4J",
        "threadbook-lab": "Threadbook",
        "threadbook-ijava-kernel": "Threadbook",
        "tablesaw-core": "Tablesaw",
        "tablesaw-jsplot": "Tablesaw",
    }
    name = re.split(r"-\d", jar, maxsplit=1)[0]
    work = named.get(name, name.removesuffix("-annotations").removesuffix("-core").removesuffix("-databind"))

    assert work.lower() in (PROJECT / "NOTICE").read_text(encoding="utf-8").lower()
