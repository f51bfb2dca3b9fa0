"""The launcher starts Java, or answers in its place and says why."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client import BlockingKernelClient, write_connection_file

SOURCES = Path(__file__).resolve().parents[4] / "kernel" / "jupyter" / "launcher"
# What the launcher is asked to start instead of Java, in a folder named as a student might.
FOLDER = "Новая папка x"
# Says what it was started with, one argument a line.
ECHO = 'printf "%s\\n" "$@"; printf "%s\\n" "locale ${LC_ALL:-}"'


@pytest.fixture
def house(tmp_path):
    """An installation: launcher, fallback, two jars, a JDK whose `java` is a shell script."""
    home = tmp_path / FOLDER / "share" / "threadbook"
    (home / "lib").mkdir(parents=True)
    for name in ("launch", "fallback.py"):
        shutil.copy2(SOURCES / name, home)
    for jar in ("a.jar", "kernel.jar"):
        (home / "lib" / jar).touch()
    (home / "class-path").write_text("kernel.jar\na.jar\n")
    (home / "jvm.options").write_text("-ea\n")
    (home / "java-home").write_text(f"{tmp_path / 'jdk'}\n")
    (tmp_path / FOLDER / "bin").mkdir()
    # Not a link: Python would take the folder of the link for its environment.
    python = tmp_path / FOLDER / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (tmp_path / "jdk" / "bin").mkdir(parents=True)
    (tmp_path / "jdk" / "release").write_text('IMPLEMENTOR="Somebody"\nJAVA_VERSION="25.0.3"\n')
    java(tmp_path, ECHO)
    return home


def java(tmp_path, script: str) -> None:
    program = tmp_path / "jdk" / "bin" / "java"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def launch(home, connection_file="connection.json", **variables) -> subprocess.Popen:
    return subprocess.Popen(
        ["/bin/sh", str(home / "launch"), connection_file],
        env={**os.environ, **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def fallback_error(home) -> dict:
    """The answer to a cell of the kernel that stands in."""
    connection_file, _ = write_connection_file(str(home / "connection.json"))
    process = launch(home, connection_file)
    client = BlockingKernelClient(connection_file=connection_file)
    client.load_connection_file()
    # Without the heartbeat: the client would call a kernel dead that is not up yet.
    client.start_channels(hb=False)
    try:
        client.wait_for_ready(timeout=30)
        reply = client.execute_interactive("1 + 1", timeout=10, output_hook=lambda message: None)
        client.shutdown(reply=True, timeout=10)
        process.communicate(timeout=10)
    finally:
        client.stop_channels()
        process.kill()
        process.communicate()
    return reply["content"]


def test_java_gets_options_class_path_in_order_and_connection_file(house):
    said, _ = launch(house, "a file.json").communicate(timeout=10)

    lib = house / "lib"
    assert said.splitlines()[:-1] == [
        f"@{house / 'jvm.options'}",
        "-cp",
        f"{lib / 'kernel.jar'}:{lib / 'a.jar'}",
        "threadbook.kernel.Main",
        "a file.json",
    ]


def test_caches_that_are_there_are_used(house):
    (house / "kernel.aot").touch()
    (house / "children.aot").touch()

    said, _ = launch(house).communicate(timeout=10)

    assert f"-XX:AOTCache={house / 'kernel.aot'}" in said.splitlines()
    assert f"-Dthreadbook.children={house / 'children.aot'}" in said.splitlines()


def test_options_of_the_variable_reach_java(house):
    said, _ = launch(house, THREADBOOK_JVM_OPTIONS="-Xmx4g -Xlog:gc").communicate(timeout=10)

    assert {"-Xmx4g", "-Xlog:gc"} <= set(said.splitlines())


def test_a_locale_without_utf8_is_replaced(house):
    said, _ = launch(house, LC_ALL="C", LANG="C").communicate(timeout=10)

    assert said.splitlines()[-1] == "locale C.UTF-8"


def test_the_status_of_a_kernel_that_died_is_passed_on(house, tmp_path):
    java(tmp_path, "exit 137")
    process = launch(house)

    process.communicate(timeout=10)

    assert process.returncode == 137


def test_a_sigterm_is_passed_on_and_waited_for(house, tmp_path):
    java(tmp_path, "trap 'echo ending; exit 0' TERM; echo ready; while :; do read -r _ || :; done")
    process = launch(house)
    assert process.stdout.readline() == "ready\n"

    process.send_signal(signal.SIGTERM)

    assert process.communicate(timeout=10)[0] == "ending\n"
    assert process.returncode == 0


def test_a_sigint_does_not_end_the_kernel(house, tmp_path):
    java(tmp_path, 'echo ready; read -r line; echo "read $line"')
    process = launch(house)
    assert process.stdout.readline() == "ready\n"

    process.send_signal(signal.SIGINT)

    assert process.communicate("on\n", timeout=10)[0] == "read on\n"


def test_standard_input_reaches_the_kernel(house, tmp_path):
    java(tmp_path, "read -r line || echo ended")
    process = launch(house)

    said, _ = process.communicate(timeout=10)

    assert said == "ended\n"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (lambda home, jdk: shutil.rmtree(jdk), "expected JDK 25 in"),
        (lambda home, jdk: (jdk / "release").write_text('JAVA_VERSION="21.0.1"\n'), 'found "21.0.1"'),
        (lambda home, jdk: (home / "lib" / "a.jar").unlink(), "a.jar; it is not there"),
        (lambda home, jdk: (home / "class-path").unlink(), "the list of the kernel's jars"),
        (lambda home, jdk: (jdk / "bin" / "java").write_text("#!/bin/sh\necho no such option >&2; exit 1\n"), "no such option"),
        (lambda home, jdk: (jdk / "bin" / "java").write_text("#!/bin/sh\necho cannot begin >&2; exit 2\n"), "cannot begin"),
    ],
)  # fmt: skip
def test_the_first_cell_shows_what_is_wrong_and_what_to_do(house, tmp_path, broken, reason):
    broken(house, tmp_path / "jdk")

    error = fallback_error(house)

    shown = "\n".join(error["traceback"])
    assert (error["status"], error["ename"]) == ("error", "KernelNotStarted")
    assert reason in shown
    assert "make install" in shown


def test_cells_that_wait_behind_the_first_are_aborted(house, tmp_path):
    shutil.rmtree(tmp_path / "jdk")
    connection_file, _ = write_connection_file(str(house / "connection.json"))
    process = launch(house, connection_file)
    client = BlockingKernelClient(connection_file=connection_file)
    client.load_connection_file()
    # Without the heartbeat: the client would call a kernel dead that is not up yet.
    client.start_channels(hb=False)
    try:
        client.wait_for_ready(timeout=30)
        asked = [client.execute(code) for code in ("1", "2", "3")]
        answers = [client.get_shell_msg(timeout=10) for _ in asked]
        client.shutdown(reply=True, timeout=10)
    finally:
        client.stop_channels()
        process.kill()
        process.communicate()

    assert [answer["parent_header"]["msg_id"] for answer in answers] == asked
    assert [answer["content"]["status"] for answer in answers] == ["error", "aborted", "aborted"]
    assert "execution_count" not in answers[1]["content"]
