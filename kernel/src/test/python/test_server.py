"""Through a real Jupyter server's websocket, without a browser: what the server lets through, and what it asks of the kernel."""

import json
import time
import urllib.request
import uuid
from datetime import datetime, timezone

import pytest
import websocket

LINES = 200_000
WIDTH = 100


class Connection:
    """A kernel of the server and the socket that a page would talk to it by."""

    def __init__(self, server):
        self.server = server
        self.kernel = self.ask("api/kernels", {"name": "java"})["id"]
        address = server.address.replace("http", "ws", 1)
        self.session = uuid.uuid4().hex
        path = f"api/kernels/{self.kernel}/channels?session_id={self.session}&token={server.token}"
        self.socket = websocket.create_connection(address + path, timeout=60, http_no_proxy=["127.0.0.1"])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
        self.ask(f"api/kernels/{self.kernel}", method="DELETE")

    def ask(self, path: str, body=None, method: str = "POST"):
        request = urllib.request.Request(
            self.server.address + path,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Authorization": f"token {self.server.token}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or "null")

    def send(self, code: str) -> str:
        """Sends a cell; returns the request's id."""
        request = uuid.uuid4().hex
        header = {
            "msg_id": request, "msg_type": "execute_request", "session": self.session, "username": "", "version": "5.2",
            "date": datetime.now(timezone.utc).isoformat(),
        }  # fmt: skip
        content = {
            "code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": True,
        }  # fmt: skip
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}
        self.socket.send(json.dumps(message))
        return request

    def answers(self, request: str, seconds: float = 60):
        """The messages that belong to the request, until both its reply and its idle have come."""
        reply = idle = False
        deadline = time.monotonic() + seconds
        while not (reply and idle):
            assert time.monotonic() < deadline, f"no reply or no idle within {seconds} s"
            message = json.loads(self.socket.recv())
            if message["parent_header"].get("msg_id") == request:
                reply |= message["channel"] == "shell"
                idle |= message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
                yield message

    def run(self, code: str) -> list[dict]:
        return list(self.answers(self.send(code)))


@pytest.fixture(scope="module")
def connection(server):
    with Connection(server) as connection:
        yield connection


def test_a_cell_gives_its_result(connection):
    messages = connection.run("6 * 7")

    assert [of["content"]["data"]["text/plain"] for of in messages if of["msg_type"] == "execute_result"] == ["42"]


def test_twenty_megabytes_arrive_whole_with_the_result_behind_them(connection):
    line = "x" * (WIDTH - 1)

    messages = connection.run(f'for (int i = 0; i < {LINES}; i++) IO.println("{line}");\n"done"')

    printed = "".join(of["content"]["text"] for of in messages if of["msg_type"] == "stream")
    assert len(printed) == LINES * WIDTH
    assert set(printed.splitlines()) == {line}
    assert [of["content"]["data"]["text/plain"] for of in messages if of["msg_type"] == "execute_result"] == ["done"]


def test_the_servers_interrupt_ends_a_loop_and_keeps_the_variables(connection):
    connection.run("int kept = 42;")
    loop = connection.send("while (true) {}")
    answers = connection.answers(loop)
    for message in answers:
        if message["msg_type"] == "execute_input":
            break

    connection.ask(f"api/kernels/{connection.kernel}/interrupt", {})

    assert [of["content"]["status"] for of in answers if of["channel"] == "shell"] == ["error"]
    result = connection.run("kept")
    assert [of["content"]["data"]["text/plain"] for of in result if of["msg_type"] == "execute_result"] == ["42"]


def test_a_restart_forgets_everything(connection):
    connection.run("int before = 1;")

    connection.ask(f"api/kernels/{connection.kernel}/restart", {})

    replies = [of["content"] for of in connection.run("before") if of["channel"] == "shell"]
    assert [reply["status"] for reply in replies] == ["error"]
    assert "before" in replies[0]["evalue"]
