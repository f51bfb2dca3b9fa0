"""Ten thousand messages that nobody should send, floods, and clients that never read or never finish a greeting.

Chance decides, from a seed that is printed; THREADBOOK_SEED repeats a run, THREADBOOK_FUZZ changes how many.
"""

import json
import os
import random
import socket
import time

import pytest
import zmq
from kernels import Kernel, status_of
from test_hostile import CONTENTS, NONSENSE, header, signed

SEED = int(os.environ.get("THREADBOOK_SEED") or time.time_ns() % 1_000_000)
MESSAGES = int(os.environ.get("THREADBOOK_FUZZ") or 10_000)
BATCH = 500
CHANNELS = ("shell", "control", "stdin")
# Asked of the kernel, they would be obeyed: the fuzz is to harm it, not to send it home.
KINDS = [*CONTENTS, "interrupt_request", "debug_request", "create_subshell_request", "no_such_request", "execute_reply", "status", "shutdown_reply"]


@pytest.fixture(scope="module")
def kernel():
    print(f"\nseed {SEED}: THREADBOOK_SEED={SEED} repeats this run")
    with Kernel() as running:
        running.run("int kept = 77;")
        yield running


@pytest.fixture(autouse=True)
def answers_afterwards(kernel):
    yield
    well(kernel)


def well(kernel) -> None:
    kernel.orphans.clear()
    # What is still queued may fail and abort what comes right behind it, as it should.
    kernel.until(lambda: kernel.run("kept").result == "77")
    assert kernel.run("1+1").result == "2"
    assert kernel.request("kernel_info_request", {}, "control").status == "ok"
    assert kernel.heartbeat()


class Fuzz:
    """Messages that are wrong somewhere."""

    def __init__(self, kernel: Kernel, seed: int):
        self.kernel = kernel
        self.chance = random.Random(seed)
        self.breaks = [
            self.flipped_bytes,
            self.truncated_frame,
            self.wrong_number_of_frames,
            self.wrong_types,
            self.wrong_signature,
            self.signed_nonsense,
            self.strange_json,
            self.other_kind,
        ]

    def message(self) -> list[bytes]:
        return self.chance.choice(self.breaks)()

    def kind(self) -> str:
        return self.chance.choice(KINDS)

    def good(self, kind: str | None = None, content: dict | None = None) -> list[bytes]:
        kind = kind or self.kind()
        return signed(self.kernel, header(self.kernel, kind), content=json.dumps(content or CONTENTS.get(kind, {})).encode())

    def bytes(self, most: int) -> bytes:
        return self.chance.randbytes(self.chance.randrange(most))

    def flipped_bytes(self) -> list[bytes]:
        """In JSON, and signed afterwards: so it arrives."""
        frames = [bytearray(part) for part in self.good()[2:]]
        for _ in range(self.chance.randint(1, 6)):
            frame = self.chance.choice(frames)
            frame[self.chance.randrange(len(frame))] = self.chance.randrange(256)
        return signed(self.kernel, *map(bytes, frames))

    def truncated_frame(self) -> list[bytes]:
        frames = self.good()[2:]
        which = self.chance.randrange(4)
        frames[which] = frames[which][: self.chance.randrange(len(frames[which]))]
        return signed(self.kernel, *frames)

    def wrong_number_of_frames(self) -> list[bytes]:
        frames = self.good()
        for _ in range(self.chance.randint(1, 3)):
            if self.chance.random() < 0.5 and frames:
                del frames[self.chance.randrange(len(frames))]
            else:
                frames.insert(self.chance.randrange(len(frames) + 1), self.bytes(50))
        return frames or [b""]

    def wrong_types(self) -> list[bytes]:
        kind = self.chance.choice(list(CONTENTS))
        content = dict(CONTENTS[kind])
        head = json.loads(header(self.kernel, kind))
        for target in (content, head):
            for name in list(target):
                if self.chance.random() < 0.3 and name != "msg_id":
                    target[name] = self.chance.choice(NONSENSE)
        return signed(self.kernel, json.dumps(head).encode(), content=json.dumps(content).encode())

    def wrong_signature(self) -> list[bytes]:
        frames = self.good()
        frames[1] = self.chance.choice([b"", b"0" * 64, frames[1][:-1], frames[1].upper(), self.bytes(200)])
        return frames

    def signed_nonsense(self) -> list[bytes]:
        return signed(self.kernel, *(self.bytes(100) for _ in range(4)))

    def strange_json(self) -> list[bytes]:
        deep = self.chance.randrange(1, 20_000)
        strange = self.chance.choice(
            [
                b"[" * deep + b"]" * deep,
                b'{"code":' * (deep // 10) + b"1" + b"}" * (deep // 10),
                b'{"code":"1","code":2,"code":[]}',
                b'{"code":"' + b"\\u0000" * 50 + b'"}',
                b'{"code":"\xff\xfe\xc0\x80"}',
                b'{"code":"\\ud800"}',
                b'{"code":1e999999999}',
                b'{"cursor_pos":' + b"9" * 5_000 + b',"code":"x"}',
                b'{"code":"' + b"x" * 200_000 + b'","cursor_pos":1}',
                b'\xef\xbb\xbf{"code":"1"}',
                b'{"code":"1"} {"code":"2"}',
                b"NaN",
                b'{"code":"1",}',
            ]
        )
        kind = self.kind()
        # Not as a cell: a cell of two hundred thousand characters may compile for long.
        kind = "is_complete_request" if kind == "execute_request" and len(strange) > 10_000 else kind
        return signed(self.kernel, header(self.kernel, kind), content=strange)

    def other_kind(self) -> list[bytes]:
        """The content of one request under the name of another."""
        return self.good(self.kind(), CONTENTS[self.chance.choice(list(CONTENTS))])


@pytest.mark.parametrize("batch", range(MESSAGES // BATCH))
def test_fuzzed_messages_change_nothing(kernel, batch):
    fuzz = Fuzz(kernel, SEED + batch)

    for _ in range(BATCH):
        kernel.sockets[fuzz.chance.choice(CHANNELS)].send_multipart(fuzz.message())

    well(kernel)


def test_five_thousand_requests_at_once_are_all_answered(kernel):
    runs = [kernel.send("kernel_info_request", {}, "shell" if i % 2 else "control") for i in range(5_000)]
    kernel.until(lambda: all(run.done for run in reversed(runs)))

    assert {run.status for run in runs} == {"ok"}
    assert all(run.types == ["busy", "idle"] for run in runs)


def test_three_hundred_cells_at_once_are_all_run_in_order(kernel):
    kernel.run("int next = 0;")
    runs = [kernel.submit("next++;") for _ in range(300)]
    kernel.until(lambda: all(run.done for run in reversed(runs)))

    counts = [run.reply["content"]["execution_count"] for run in runs]
    assert {run.status for run in runs} == {"ok"}
    assert counts == list(range(counts[0], counts[0] + 300))
    assert all(run.types == ["busy", "execute_input", "idle"] for run in runs)
    assert kernel.run("next").result == "300"


def test_five_thousand_cells_behind_a_failing_one_are_all_aborted(kernel):
    kernel.run("int ran = 0;")
    runs = [kernel.submit("Thread.sleep(1_000); ran /= 0;"), *(kernel.submit("ran++;") for _ in range(5_000))]
    kernel.until(lambda: all(run.done for run in reversed(runs)))

    assert [run.status for run in runs] == ["error"] + ["aborted"] * 5_000
    assert kernel.run("ran").result == "0"


def test_clients_that_never_read_neither_stop_others_nor_fill_the_memory(kernel):
    before = status_of(kernel.jvm, "VmRSS")
    silent = []
    for _ in range(2):
        for name in ("shell", "iopub"):
            client = kernel.context.socket(kernel.SOCKETS[name])
            client.linger = 0
            client.rcvhwm = 1
            client.rcvbuf = 4_096
            if name == "iopub":
                client.subscribe(b"")
            client.connect(f"tcp://{kernel.connection['ip']}:{kernel.connection[name + '_port']}")
            silent.append(client)
            if name == "shell":
                for _ in range(2_000):
                    client.send_multipart(signed(kernel, header(kernel, "kernel_info_request")))
    run = kernel.run('for (int i = 0; i < 100_000; i++) System.out.println("line " + i);')
    grown = status_of(kernel.jvm, "VmRSS") - before
    for client in silent:
        client.close(0)

    assert run.text().endswith("line 99999\n")
    # 4 000 answers and twice 1.1 MB of lines wait for them, and Java keeps what it once took.
    assert grown < 400_000, f"{grown} kB more"


@pytest.mark.parametrize("channel", ["shell", "control", "stdin", "iopub", "hb"])
def test_hundreds_of_greetings_that_never_end(kernel, channel):
    chance = random.Random(SEED)
    address = (kernel.connection["ip"], kernel.connection[f"{channel}_port"])
    greeting = b"\xff" + b"\x00" * 8 + b"\x7f\x03\x00" + b"NULL".ljust(20, b"\x00") + b"\x00" * 32
    ready = b"\x04\x19\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER"
    connections = [socket.create_connection(address) for _ in range(200)]
    for i, connection in enumerate(connections):
        whole = greeting + ready
        part = [whole[: chance.randrange(len(whole))], chance.randbytes(100), greeting + chance.randbytes(60), whole + chance.randbytes(60)][i % 4]
        try:
            connection.sendall(part)
        except OSError:
            pass  # the kernel has closed it, which it may

    well(kernel)

    for connection in connections:
        connection.close()


def test_connections_that_come_and_go_leave_no_thread_behind(kernel):
    before = status_of(kernel.jvm, "Threads")
    for _ in range(200):
        client = kernel.context.socket(zmq.DEALER)  # nameless: whoever comes last under a name takes it over
        client.connect(f"tcp://{kernel.connection['ip']}:{kernel.connection['shell_port']}")
        client.send_multipart(signed(kernel, header(kernel, "kernel_info_request")))
        client.close(0)
        other = kernel.context.socket(zmq.SUB)
        other.subscribe(b"")
        other.connect(f"tcp://{kernel.connection['ip']}:{kernel.connection['iopub_port']}")
        other.close(0)
    well(kernel)

    assert status_of(kernel.jvm, "Threads") < before + 10
