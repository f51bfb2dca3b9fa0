"""The doors: what they list, what they find, and what they do not do twice."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(PROJECT / "kernel" / "setup"))

import run  # noqa: E402  (needs the path above)
from doors import environment, installation, jdk, maven, step, test, versions  # noqa: E402
from doors.trouble import Trouble  # noqa: E402


def test_make_alone_lists_every_door():
    listed = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout

    names = re.findall(r"^  make (\w+) +\S", listed, re.MULTILINE)
    assert set(names) == {*run.DOORS, "help"}


def test_an_unknown_door_names_those_there_are(capsys):
    assert run.main(["cellar"]) == 2
    assert "expected one of lab, test" in capsys.readouterr().err


def test_the_list_of_versions_is_read(tmp_path):
    file = tmp_path / "environment.yml"
    file.write_text(
        "name: x\ndependencies:\n  # why\n  - openjdk=25\n  - pip\n  - nbclient=0.11.0\n  - pip:\n      - playwright==1.2\n"
    )

    read = versions.read(file)

    assert read.tools == {"openjdk": "25", "pip": ""}
    assert read.requirements() == ["nbclient==0.11.0", "playwright==1.2"]


def test_a_package_without_a_version_is_refused(tmp_path):
    file = tmp_path / "environment.yml"
    file.write_text("name: x\ndependencies:\n  - nbclient\n")

    with pytest.raises(Trouble, match="expected '- name=version'"):
        versions.read(file)


@pytest.mark.parametrize(("name", "verb"), [("conda", "env create"), ("mamba", "env create"), ("micromamba", "create")])
def test_conda_gets_the_list_as_it_is(tmp_path, monkeypatch, name, verb):
    program, asked = tmp_path / name, tmp_path / "asked"
    program.write_text(f'#!/bin/sh\necho "$@" >"{asked}"\n')
    program.chmod(0o755)
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / "env")

    assert environment.by_conda(str(program))
    assert asked.read_text() == f"{verb} --quiet --prefix {tmp_path / 'env'} --file {versions.LIST}\n"


def test_a_conda_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    program = tmp_path / "conda"
    program.write_text(f'#!/bin/sh\nmkdir "{tmp_path / "env"}"; exit 1\n')
    program.chmod(0o755)
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / "env")

    assert not environment.by_conda(str(program))
    assert not (tmp_path / "env").exists()


def a_jdk(folder: Path, release: str, *programs: str) -> Path:
    (folder / "bin").mkdir(parents=True)
    for program in programs:
        (folder / "bin" / program).touch()
    (folder / "release").write_text(release)
    return folder


def test_java_home_comes_first(tmp_path, monkeypatch):
    home = a_jdk(tmp_path / "jdk", 'JAVA_VERSION="25"\nMODULES="java.base jdk.jshell"\n', "java", "javac")
    monkeypatch.setenv("JAVA_HOME", str(home))

    assert jdk.find() == jdk.Jdk(home, "25")


@pytest.mark.parametrize(
    ("release", "programs", "flaw"),
    [
        ('JAVA_VERSION="21.0.1"', ("java", "javac"), "21.0.1"),
        ('JAVA_VERSION="26-ea"', ("java", "javac"), "26-ea"),
        ('JAVA_VERSION="25"', ("java",), "no javac"),
        ('JAVA_VERSION="25"\nMODULES="java.base"', ("java", "javac"), "without the module jdk.jshell"),
    ],
)
def test_another_java_is_named_with_its_flaw(tmp_path, monkeypatch, release, programs, flaw):
    home = a_jdk(tmp_path / "jdk", release, *programs)
    monkeypatch.setattr(jdk, "candidates", lambda: iter([home, tmp_path / "nothing"]))

    with pytest.raises(Trouble, match=f"{re.escape(str(home))}.*{flaw}") as trouble:
        jdk.find()

    assert "To get one" in str(trouble.value)


def test_a_jdk_without_its_release_file_is_asked(tmp_path):
    home = a_jdk(tmp_path / "jdk", "", "javac")
    program = home / "bin" / "java"
    program.write_text("#!/bin/sh\necho 'openjdk version \"25.0.1\" 2025-10-21' >&2\n")
    program.chmod(0o755)

    assert jdk.version_of(home) == "25.0.1"


@pytest.fixture
def stamps(tmp_path, monkeypatch):
    monkeypatch.setattr(step, "STAMPS", tmp_path / "stamps")
    return tmp_path


def test_a_step_is_done_again_only_when_something_changed(stamps):
    source, result, made = stamps / "source", stamps / "result", []
    source.write_text("1")

    def make():
        made.append(source.read_text())
        result.touch()

    assert step.once("try", [source], [result], make)
    assert not step.once("try", [source], [result], make)
    source.write_text("2")
    assert step.once("try", [source], [result], make)
    result.unlink()
    assert step.once("try", [source], [result], make)
    assert made == ["1", "2", "2"]


def test_a_step_that_failed_is_done_again(stamps):
    def fail():
        raise Trouble("no network")

    with pytest.raises(Trouble):
        step.once("try", ["input"], [], fail)

    assert step.once("try", ["input"], [], lambda: None)


def test_a_home_that_cannot_be_written_moves_the_repository_into_the_project(monkeypatch):
    monkeypatch.setenv("HOME", "/proc/self")

    assert maven.repository() == [f"-Dmaven.repo.local={PROJECT / 'build' / 'm2'}"]


def test_an_import_of_the_browser_scripts_that_is_not_the_known_one_is_refused(monkeypatch, tmp_path):
    from doors import browser_scripts

    npm = tmp_path / "npm"
    npm.write_text('#!/bin/sh\nfor last; do :; done\necho other >"$last/x.tgz"\n')
    npm.chmod(0o755)
    monkeypatch.setattr(browser_scripts, "BROWSER_SCRIPTS", tmp_path)

    with pytest.raises(Trouble, match="It is not the package we know"):
        browser_scripts.unpack(browser_scripts.Package("x", "1", "sha512-known", {"a": "b"}), [str(npm)])


def test_the_last_line_names_what_was_skipped(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(
        "<testsuite><testcase name='a'/><testcase name='b'><failure/></testcase>"
        "<testcase name='c'><skipped message='no Chromium found'/></testcase></testsuite>"
    )

    assert test.counts("Python", [report]) == "Python: 1 passed, 1 failed, 1 skipped"
    assert test.not_tested([report]) == "Not tested here: no Chromium found (1 test)"


def test_the_options_of_the_kernel_are_those_of_the_pom():
    assert "-XX:+UseG1GC" in installation.jvm_options()


def test_every_script_is_readable_by_a_plain_shell():
    for script in ("kernel/setup/door", "kernel/jupyter/launcher/launch"):
        subprocess.run(["sh", "-n", str(PROJECT / script)], check=True, env=dict(os.environ))
