"""Every byte goes home: past the server's limits, past a client that never reads, up to the limit of a cell; and back by stdin."""

import re

import pytest
import zmq
from kernels import Kernel
from lab import Server
from test_server import Connection

LINE = "x" * 99
TWENTY_MEGABYTES = f'for (int i = 0; i < 200_000; i++) IO.println("{LINE}"); throw new IllegalStateException("the end");'


class StockServer(Server):
    """A server that nobody has configured, with the limits that Jupyter's authors chose."""

    def environment(self) -> dict[str, str]:
        known = {name: value for name, value in super().environment().items() if name != "THREADBOOK_IOPUB_RATE"}
        return known | {"JUPYTER_NO_CONFIG": "1"}


@pytest.fixture(scope="module")
def kernel():
    with Kernel() as running:
        yield running


def test_twenty_megabytes_and_the_exception_behind_them_pass_a_stock_server(tmp_path):
    with StockServer(tmp_path) as server, Connection(server) as connection:
        messages = list(connection.answers(connection.send(TWENTY_MEGABYTES), seconds=120))

    assert_whole(messages)


def test_twenty_megabytes_and_the_exception_behind_them_pass_our_server(server):
    with Connection(server) as connection:
        messages = connection.run(TWENTY_MEGABYTES)

    assert_whole(messages)


def assert_whole(messages):
    text = "".join(of["content"]["text"] for of in messages if of["msg_type"] == "stream")
    assert len(text) == 20_000_000
    assert set(text.splitlines()) == {LINE}
    assert [of["content"]["evalue"] for of in messages if of["msg_type"] == "error"] == ["the end"]


def test_a_runaway_printer_is_cut_and_what_is_left_out_is_counted_exactly(kernel):
    run = kernel.run(
        'var t = new Thread(() -> { for (int i = 0; i < 2_000_000; i++) System.out.println("thread %07d".formatted(i)); });'
        't.start(); for (int i = 0; i < 2_000_000; i++) System.out.println("main %09d".formatted(i)); t.join(); "done"'
    )

    lines, size = left_out(run)
    assert run.result == "done"
    assert len(run.text()) + size == 2 * 2_000_000 * 15
    assert run.text().count("\n") + lines == 2 * 2_000_000
    assert re.fullmatch("((thread|main) [0-9]+\n)+", run.text())


def test_a_printer_that_never_ends_is_interrupted_and_counted(kernel):
    run = kernel.submit('long n = 0; while (true) { System.out.println("line %08d".formatted(n)); n++; }')
    kernel.until(lambda: run.contents("display_data"))

    kernel.interrupt()
    kernel.until(lambda: run.done)

    lines, _ = left_out(run)
    assert run.contents("error")[0]["ename"] == "Interrupted"
    assert run.text().count("\n") + lines - int(kernel.run("n").result) in (0, 1)


def left_out(run) -> tuple[int, int]:
    """The lines and bytes that the last form of the notice names."""
    notice = run.contents("update_display_data")[-1]["data"]["text/plain"].replace("\u202f", "")
    return tuple(map(int, re.search(r"Left out: (\d+) lines?, (\d+) bytes?\.", notice).groups()))


def test_a_client_that_never_reads_costs_nobody_else_a_byte_and_the_kernel_no_memory(monkeypatch):
    monkeypatch.setenv("THREADBOOK_OUTPUT_LIMIT", "unlimited")
    monkeypatch.setenv("THREADBOOK_JVM_OPTIONS", "-Xmx256m")
    with Kernel() as kernel:
        stalled = kernel.context.socket(zmq.SUB)
        stalled.rcvhwm = 1
        stalled.subscribe(b"")
        stalled.connect(f"tcp://{kernel.connection['ip']}:{kernel.connection['iopub_port']}")
        assert stalled.poll(30_000)

        run = kernel.run('var text = ("x".repeat(999) + "\\n").repeat(60); for (int i = 0; i < 5_000; i++) IO.print(text);')

        assert len(run.text()) == 300_000_000
        assert "has read nothing" in kernel.said()
        assert "OutOfMemory" not in kernel.said()
        assert kernel.run("1 + 1").result == "2"
        stalled.close(0)


def asked(kernel, code: str):
    kernel.questions.clear()
    run = kernel.submit(code, allow_stdin=True)
    kernel.until(lambda: kernel.questions)
    return run


@pytest.mark.parametrize(
    "code",
    [
        'IO.readln("Name? ")',
        'System.out.print("Name? "); new Scanner(System.in).nextLine()',
        'System.out.print("Name? "); new BufferedReader(new InputStreamReader(System.in)).readLine()',
    ],
)
def test_what_is_printed_before_a_read_is_the_prompt(kernel, code):
    kernel.run(code.replace('"Name? "', '""') + ".length()", allow_stdin=False)  # warms the classes up
    run = asked(kernel, 'IO.println("Hello");' + code)

    kernel.answer(kernel.questions[0], "Зоя 😀")
    kernel.until(lambda: run.done)

    assert run.result == "Зоя 😀"
    assert (run.text(), kernel.questions[0]["content"]["prompt"]) == ("Hello\n", "Name? ")


def test_a_read_is_interrupted_and_a_late_answer_is_not_given_to_the_next_cell(kernel):
    run = asked(kernel, 'while (true) { try { IO.readln("first? "); } catch (IOError e) { } }')
    late = kernel.questions[0]

    kernel.interrupt()
    kernel.until(lambda: run.done)
    run = asked(kernel, 'IO.readln("second? ")')
    kernel.answer(late, "late")
    kernel.answer(kernel.questions[-1], "right")
    kernel.until(lambda: run.done)

    assert run.result == "right"


def test_two_threads_that_read_take_turns(kernel):
    run = asked(
        kernel,
        "var read = new ConcurrentSkipListSet<String>(); Runnable reader = () -> read.add(new Scanner(System.in).nextLine());"
        "var a = Thread.startVirtualThread(reader); var b = Thread.ofPlatform().start(reader); a.join(); b.join(); read",
    )
    kernel.answer(kernel.questions[0], "one")
    kernel.until(lambda: len(kernel.questions) == 2)
    kernel.answer(kernel.questions[1], "two")
    kernel.until(lambda: run.done)

    assert run.result == "[one, two]"


def test_a_client_that_answers_nothing_is_told_so(kernel):
    run = kernel.run('IO.readln("Name? ")')

    assert "allow_stdin is false" in run.contents("error")[0]["evalue"]


def test_progress_bars_and_odd_characters_arrive_as_they_were_printed(kernel):
    run = kernel.run(r'for (int i = 0; i <= 3; i++) System.out.print("\r" + i); System.out.print("\b\0\u001B[31mred\u001B[0m é😀\uD83D|\n");')

    assert run.text() == "\r0\r1\r2\r3\b\0\x1b[31mred\x1b[0m é😀?|\n"


def test_a_line_of_a_hundred_megabytes_without_an_end_is_cut_at_the_limit(kernel):
    run = kernel.run('IO.print("y".repeat(100_000_000));')

    assert len(run.text()) == 30_000_000
    assert left_out(run) == (0, 70_000_000)


def test_there_is_no_console_to_read_from(kernel):
    assert kernel.run("System.console() == null").result == "true"
