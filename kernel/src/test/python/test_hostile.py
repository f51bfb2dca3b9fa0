"""Messages that nobody should send: whatever comes, the kernel answers the next good one."""

import json
import random
import socket
import struct

import pytest
import zmq
from kernels import Kernel

NONSENSE = [None, True, -1, 2**70, 1e308, "", "x" * 10_000, "\ud83d", [], [[]], {}, {"a": {"b": []}}]
CONTENTS = {
    "execute_request": {
        "code": "1",
        "silent": False,
        "store_history": True,
        "user_expressions": {},
        "allow_stdin": False,
        "stop_on_error": False,
    },
    "complete_request": {"code": "x", "cursor_pos": 1},
    "inspect_request": {"code": "x", "cursor_pos": 1, "detail_level": 0},
    "is_complete_request": {"code": "x"},
    "history_request": {
        "hist_access_type": "range",
        "output": True,
        "raw": True,
        "session": 0,
        "start": 0,
        "stop": 1,
        "n": 1,
        "pattern": "*",
        "unique": False,
    },
    "comm_info_request": {"target_name": "x"},
    "comm_open": {"comm_id": "x", "target_name": "x", "data": {}},
    "comm_msg": {"comm_id": "x", "data": {}},
    "comm_close": {"comm_id": "x", "data": {}},
    "input_reply": {"value": "x"},
    "connect_request": {},
    "kernel_info_request": {},
}


@pytest.fixture(scope="module")
def kernel():
    with Kernel() as running:
        yield running


@pytest.fixture(autouse=True)
def answers_afterwards(kernel):
    yield
    assert kernel.run("1 + 1").result == "2"
    assert kernel.request("kernel_info_request", {}, "control").status == "ok"
    assert kernel.heartbeat()


def signed(kernel, header: bytes, parent=b"{}", metadata=b"{}", content=b"{}") -> list[bytes]:
    frames = [header, parent, metadata, content]
    return [b"<IDS|MSG>", kernel.session.sign(frames), *frames]


def header(kernel, kind: str) -> bytes:
    return json.dumps(kernel.session.msg(kind)["header"], default=str).encode()


@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
def test_frames_that_are_no_message(kernel, channel):
    good = signed(kernel, header(kernel, "kernel_info_request"))
    for frames in (
        [b""],
        [b"<IDS|MSG>"],
        [b"<IDS|MSG>", b""],
        [b"<IDS|MSG>"] * 8,
        good[:-1],
        good[1:],
        [b"x"] * 500,
        [b"\x00" * 1_000_000],
        [good[0], b"0" * 64, *good[2:]],
        [good[0], b"", *good[2:]],
        [good[0], good[1], b"{", *good[3:]],
    ):
        kernel.sockets[channel].send_multipart(frames)


@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
@pytest.mark.parametrize(
    "bad",
    [b"", b"{", b"[]", b"null", b"7", b'"text"', b"{}{}", b"\xff\xfe\x00", b"[" * 100_000, b'{"a":' * 10_000, b'{"msg_id":7}'],
)
def test_signed_frames_that_are_not_what_they_should_be(kernel, channel, bad):
    for kind in ("execute_request", "kernel_info_request", "history_request"):
        good = header(kernel, kind)
        for frames in (
            signed(kernel, bad),
            signed(kernel, good, parent=bad),
            signed(kernel, good, metadata=bad),
            signed(kernel, good, content=bad),
        ):
            kernel.sockets[channel].send_multipart(frames)


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_wrong_type_in_every_field(kernel, kind):
    for name in CONTENTS[kind]:
        for value in NONSENSE:
            content = json.dumps({**CONTENTS[kind], name: value}).encode()
            kernel.sockets["shell"].send_multipart(signed(kernel, header(kernel, kind), content=content))
        without = json.dumps({k: v for k, v in CONTENTS[kind].items() if k != name}).encode()
        kernel.sockets["shell"].send_multipart(signed(kernel, header(kernel, kind), content=without))


@pytest.mark.parametrize("field", ["msg_id", "session", "msg_type", "date", "version", "username", "subshell_id"])
def test_a_wrong_type_in_every_field_of_the_header(kernel, field):
    for value in NONSENSE:
        bad = {**json.loads(header(kernel, "kernel_info_request")), field: value}
        kernel.sockets["shell"].send_multipart(signed(kernel, json.dumps(bad).encode()))


def test_content_that_is_wrong_is_answered_with_what_is_wrong(kernel):
    run = kernel.request("complete_request", {"code": "abc", "cursor_pos": 99})

    assert run.status == "error"
    assert "cursor_pos is 99" in run.reply["content"]["evalue"]


def test_every_message_on_every_wrong_channel(kernel):
    for channel in ("shell", "control", "stdin"):
        for kind, content in CONTENTS.items():
            kernel.sockets[channel].send_multipart(
                signed(kernel, header(kernel, kind), content=json.dumps(content).encode())
            )


def test_cells_are_refused_on_the_control_channel(kernel):
    assert kernel.request("execute_request", CONTENTS["execute_request"], "control").status == "error"


def test_random_changes_to_good_messages(kernel):
    chance = random.Random(20260101)
    for _ in range(1_000):
        kind = chance.choice(list(CONTENTS))
        content = bytearray(json.dumps(CONTENTS[kind]).encode())
        for _ in range(chance.randint(1, 3)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        frames = signed(kernel, header(kernel, kind), content=bytes(content))
        kernel.sockets[chance.choice(["shell", "control", "stdin"])].send_multipart(frames)


@pytest.mark.parametrize("channel", ["shell", "control", "stdin", "iopub", "hb"])
@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x00" * 1_000,
        b"\xff" * 1_000,
        # A greeting of ZMTP 3.0 without security, then a frame that claims 2^62 bytes.
        b"\xff" + b"\x00" * 8 + b"\x7f\x03\x00" + b"NULL".ljust(20, b"\x00") + b"\x00" * 32 + b"\x02" + struct.pack(">Q", 2**62),
    ],
)
def test_bytes_of_another_protocol(kernel, channel, data):
    address = (kernel.connection["ip"], kernel.connection[f"{channel}_port"])
    for _ in range(5):
        with socket.create_connection(address) as connection:
            connection.sendall(data)


def test_a_subscription_of_a_hundred_thousand_bytes(kernel):
    subscriber = kernel.context.socket(zmq.SUB)
    subscriber.linger = 0
    subscriber.subscribe(b"x" * 100_000)
    subscriber.connect(f"tcp://{kernel.connection['ip']}:{kernel.connection['iopub_port']}")
    other = kernel.connect("iopub")
    assert other.poll(30_000)
    subscriber.close(0)
    other.close(0)


def test_what_is_no_subscription(kernel):
    publisher = kernel.context.socket(zmq.XSUB)
    publisher.linger = 0
    publisher.connect(f"tcp://{kernel.connection['ip']}:{kernel.connection['iopub_port']}")
    for frame in (b"", b"\x00", b"\x00never subscribed", b"\x02", b"\x01\xff\xfe", b"hello"):
        publisher.send(frame)
    publisher.close(0)


def test_a_client_that_never_reads(kernel):
    silent = kernel.connect("iopub")

    run = kernel.run('for (int i = 0; i < 50_000; i++) System.out.println("line " + i);')

    assert run.text().endswith("line 49999\n")
    silent.close(0)
