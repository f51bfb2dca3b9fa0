"""The kernel's process, asked over raw ZeroMQ: who gets which answer, in which order."""

import os
import subprocess
import sys

import pytest
from kernels import Kernel


@pytest.fixture(scope="module")
def kernel():
    with Kernel() as running:
        yield running


@pytest.fixture
def own_kernel():
    """For tests that end it."""
    with Kernel() as running:
        yield running


def test_a_cell_is_busy_echoed_shown_answered_and_idle(kernel):
    run = kernel.run('System.out.println("hi"); 6 * 7')

    assert run.types == ["busy", "execute_input", "stream", "execute_result", "idle"]
    assert run.text() == "hi\n"
    assert run.result == "42"
    assert run.reply["content"]["execution_count"] == run.contents("execute_result")[0]["execution_count"]


def test_dates_have_microseconds(kernel):
    dates = [m["header"]["date"] for m in kernel.run("1").published]

    assert any(date.microsecond % 1000 for date in dates)


def test_everyone_who_subscribes_is_welcomed(kernel):
    socket = kernel.connect("iopub")
    assert socket.poll(30_000)
    _, message = kernel.session.recv(socket)

    assert message["msg_type"] == "iopub_welcome"
    assert message["content"] == {"subscription": ""}
    assert message["parent_header"] == {}


def test_the_heart_beats_while_a_cell_runs(kernel):
    run = kernel.submit("while (true) { }")
    kernel.until(lambda: "busy" in run.types)

    assert kernel.heartbeat()

    kernel.interrupt()
    kernel.until(lambda: run.done)


def test_all_but_cells_is_answered_while_a_cell_runs(kernel):
    cell = kernel.submit("while (true) { }")
    kernel.until(lambda: "execute_input" in cell.types)

    answers = [
        kernel.request("complete_request", {"code": '"a".le', "cursor_pos": 6}),
        kernel.request("inspect_request", {"code": "String", "cursor_pos": 6, "detail_level": 0}),
        kernel.request("is_complete_request", {"code": "void f() {"}),
        kernel.request("history_request", {"hist_access_type": "tail", "n": 10, "output": False, "raw": True}),
        kernel.request("comm_info_request", {}),
        kernel.request("connect_request", {}),
        kernel.request("kernel_info_request", {}, "control"),
    ]

    assert [run.status for run in answers] == ["ok", "ok", "incomplete", "ok", "ok", "ok", "ok"]
    assert "length" in " ".join(answers[0].reply["content"]["matches"])
    assert not cell.done
    kernel.interrupt()
    kernel.until(lambda: cell.done)


@pytest.mark.parametrize("kind", ["debug_request", "create_subshell_request", "usage_request", "no_such_request"])
@pytest.mark.parametrize("channel", ["shell", "control"])
def test_a_request_for_what_is_not_announced_is_answered_with_an_error(kernel, kind, channel):
    run = kernel.request(kind, {}, channel)

    assert run.types == ["busy", "idle"]
    assert run.reply["msg_type"] == kind.replace("_request", "_reply")
    assert run.status == "error"
    assert kind in run.reply["content"]["evalue"]


def test_an_unknown_subshell_is_refused(kernel):
    run = kernel.request("kernel_info_request", {}, header={"subshell_id": "seven"})

    assert run.status == "error"


def test_an_interrupt_ends_the_cell_and_keeps_the_variables(kernel):
    kernel.run("int kept = 77;")
    run = kernel.submit("while (true) { }")
    kernel.until(lambda: "execute_input" in run.types)

    interrupt = kernel.interrupt()
    kernel.until(lambda: run.done)

    assert interrupt.status == "ok"
    assert run.status == "error"
    assert kernel.run("kept").result == "77"


def test_cells_behind_an_interrupted_one_are_aborted(kernel):
    kernel.run("int ran = 0;")
    first = kernel.submit("Thread.sleep(100_000);")
    behind = [kernel.submit("ran++;") for _ in range(5)]
    kernel.until(lambda: "execute_input" in first.types)

    kernel.interrupt()
    kernel.until(lambda: first.done and all(run.done for run in behind))

    assert {run.status for run in behind} == {"aborted"}
    assert all("execution_count" not in run.reply["content"] for run in behind)
    assert kernel.run("ran").result == "0"


def test_of_five_hundred_cells_behind_a_failing_one_none_runs(kernel):
    kernel.run("int after = 0;")

    first = kernel.submit("Thread.sleep(200); int[] none = {}; none[0] = 1;")
    behind = [kernel.submit("after++;") for _ in range(500)]
    kernel.until(lambda: first.done and all(run.done for run in behind))

    assert first.status == "error"
    assert {run.status for run in behind} == {"aborted"}
    assert all(run.types == ["busy", "idle"] for run in behind)
    assert kernel.run("after").result == "0"


def test_cells_behind_one_that_does_not_stop_on_errors_run(kernel):
    first = kernel.submit("throw new IllegalStateException();", stop_on_error=False)
    second = kernel.submit("1 + 1")
    kernel.until(lambda: first.done and second.done)

    assert (first.status, second.status) == ("error", "ok")


def test_a_silent_cell_publishes_nothing_and_is_not_counted(kernel):
    before = kernel.run("1").reply["content"]["execution_count"]

    silent = kernel.run('System.out.println("hidden"); 5', silent=True)

    assert silent.types == ["busy", "idle"]
    assert kernel.run("2").reply["content"]["execution_count"] == before + 1


def test_user_expressions_are_evaluated_after_the_cell(kernel):
    run = kernel.run("int seven = 7;", user_expressions={"good": "seven * 6", "bad": "noSuchName"})

    answers = run.reply["content"]["user_expressions"]
    assert answers["good"]["status"] == "ok"
    assert answers["good"]["data"]["text/plain"] == "42"
    assert answers["bad"]["status"] == "error"


def test_a_cell_asks_the_person_who_runs_it(kernel):
    run = kernel.submit('String name = IO.readln("name? ");', allow_stdin=True)
    kernel.until(lambda: kernel.questions)
    question = kernel.questions.pop()
    kernel.answer(question, "Ада")
    kernel.until(lambda: run.done)

    assert question["content"]["password"] is False
    # Java prints its prompt as text before it reads.
    assert run.text() + question["content"]["prompt"] == "name? "
    assert question["parent_header"]["msg_id"] == run.id
    assert kernel.run("name").result == "Ада"


def test_a_cell_may_not_ask_where_nobody_answers(kernel):
    run = kernel.run('IO.readln("name? ")', allow_stdin=False)

    assert run.status == "error"
    assert "allow_stdin" in " ".join(run.reply["content"]["traceback"])
    assert not kernel.questions


def test_a_question_can_be_interrupted(kernel):
    run = kernel.submit("IO.readln()", allow_stdin=True)
    kernel.until(lambda: kernel.questions)
    kernel.questions.clear()

    kernel.interrupt()
    kernel.until(lambda: run.done)

    assert run.status == "error"
    assert kernel.run("1 + 1").result == "2"


def test_a_comm_that_nobody_knows_is_closed(kernel):
    run = kernel.send("comm_open", {"comm_id": "c1", "target_name": "nobody", "data": {}})
    kernel.until(lambda: "idle" in run.types)

    assert run.types == ["busy", "comm_close", "idle"]
    assert run.contents("comm_close")[0]["comm_id"] == "c1"


def test_text_of_a_thread_that_outlives_its_cell_is_shown_under_it(kernel):
    first = kernel.run(
        "var gate = new java.util.concurrent.CountDownLatch(1);\n"
        'var late = new Thread(() -> { try { gate.await(); } catch (InterruptedException e) { } System.out.println("late"); });\n'
        "late.start();"
    )
    second = kernel.run("gate.countDown(); late.join();")
    kernel.settle()

    assert first.text() == "late\n"
    assert second.text() == ""


def test_two_hundred_thousand_lines_are_complete(kernel):
    run = kernel.run('for (int i = 0; i < 200_000; i++) System.out.println("line " + i);')

    assert run.text() == "".join(f"line {i}\n" for i in range(200_000))


def test_stdout_and_stderr_alternate_as_printed(kernel):
    run = kernel.run('for (int i = 0; i < 50; i++) { System.out.println("o" + i); System.err.println("e" + i); }')

    printed = "".join(c["text"] for c in run.contents("stream"))
    assert printed == "".join(f"o{i}\ne{i}\n" for i in range(50))


@pytest.mark.parametrize(
    "code",
    [
        "1",
        "new Thread(() -> { while (true) { } }).start();",
        'new Thread(() -> { while (true) { System.out.println("for ever"); } }).start();',
    ],
)
def test_a_shutdown_ends_the_process_whatever_runs(own_kernel, code):
    own_kernel.run(code)
    own_kernel.submit("while (true) { }")

    shutdown = own_kernel.send("shutdown_request", {"restart": False}, "control")
    own_kernel.until(lambda: shutdown.reply is not None and "shutdown_reply" in shutdown.types)

    assert own_kernel.process.wait(own_kernel.patience) == 0
    assert shutdown.reply["content"] == {"status": "ok", "restart": False}


def test_the_kernel_ends_when_the_process_that_started_it_is_gone(tmp_path):
    # Another process starts a kernel, says its process id, and dies without a word to it.
    starter = (
        "import os, kernels\n"
        "kernel = kernels.Kernel()\n"
        "kernel.ready()\n"
        "print(kernel.process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    folder = os.path.dirname(__file__)
    process = subprocess.run([sys.executable, "-c", starter], cwd=folder, stdout=subprocess.PIPE, text=True, check=False)
    kernel_pid = int(process.stdout)

    assert gone(kernel_pid, 60)


def gone(pid: int, seconds: float) -> bool:
    """Whether a process that is not our child ends in time."""
    import time

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    os.killpg(pid, 9)
    return False
