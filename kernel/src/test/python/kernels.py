"""A kernel process and a client that sees everything: every frame, on every channel, in its order.

jupyter_client's own client is not used: it hides late and unexpected messages, which are what these
tests are about. Its Session signs and reads, so that the kernel is held to Jupyter's own code.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import zmq
from jupyter_client import write_connection_file
from jupyter_client.session import Session

PROJECT = Path(__file__).resolve().parents[4]
INSTALLED = PROJECT / "build" / "env" / "share" / "jupyter" / "kernels" / "java"
# Generous: a test asserts that something ends, not how fast.
PATIENCE = 60.0


def kernelspec() -> Path:
    """The folder of the kernel under test: the installed one unless THREADBOOK_KERNELSPEC names another."""
    return Path(os.environ.get("THREADBOOK_KERNELSPEC") or INSTALLED)


@dataclass
class Run:
    """What has come back because of one request, so far."""

    id: str
    reply: dict | None = None
    replies: int = 0
    published: list[dict] = field(default_factory=list)
    at: dict[str, float] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        return self.reply is not None and "idle" in self.at

    @property
    def status(self) -> str | None:
        return self.reply and self.reply["content"]["status"]

    @property
    def types(self) -> list[str]:
        """`busy` and `idle` for a status, the type for everything else."""
        return [m["content"].get("execution_state", m["msg_type"]) for m in self.published]

    def contents(self, kind: str) -> list[dict]:
        return [m["content"] for m in self.published if m["msg_type"] == kind]

    def text(self, name: str = "stdout") -> str:
        return "".join(c["text"] for c in self.contents("stream") if c["name"] == name)

    @property
    def result(self) -> str | None:
        return next((c["data"]["text/plain"] for c in self.contents("execute_result")), None)


class Kernel:
    """A kernel process. A context: leaving it ends the process."""

    SOCKETS = {"shell": zmq.DEALER, "control": zmq.DEALER, "stdin": zmq.DEALER, "iopub": zmq.SUB, "hb": zmq.REQ}

    def __init__(self, spec: Path | None = None, patience: float = PATIENCE, environment: dict[str, str] | None = None):
        self.folder = tempfile.TemporaryDirectory(prefix="threadbook-test-")
        self.spec = spec or kernelspec()
        described = json.loads((self.spec / "kernel.json").read_text(encoding="utf-8"))
        key = uuid.uuid4().hex.encode()
        self.connection_file, self.connection = write_connection_file(os.path.join(self.folder.name, "c.json"), key=key)
        # No memory of signatures: two sockets of one client get the same message.
        self.session = Session(key=key, digest_history_size=0)
        self.runs: dict[str, Run] = {}
        self.questions: list[dict] = []
        self.orphans: list[dict] = []
        self.patience = patience
        self.context = zmq.Context()
        self.sockets = {name: self.connect(name) for name in self.SOCKETS}
        self.poller = zmq.Poller()
        for name in ("shell", "control", "stdin", "iopub"):
            self.poller.register(self.sockets[name], zmq.POLLIN)
        values = {"connection_file": self.connection_file, "prefix": str(prefix(self.spec)), "resource_dir": str(self.spec)}
        argv = [filled(part, values) for part in described["argv"]]
        self.log = open(os.path.join(self.folder.name, "log"), "w+b")  # noqa: SIM115  (closed by close)
        self.launched = time.perf_counter()
        self.process = subprocess.Popen(
            argv,
            cwd=self.folder.name,
            env={
                # No server stands between: nothing limits what gets through, unless a test says so.
                "THREADBOOK_IOPUB_RATE": "unlimited",
                **os.environ,
                **described.get("env", {}),
                "JPY_PARENT_PID": str(os.getpid()),
                **(environment or {}),
            },
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def connect(self, name: str) -> zmq.Socket:
        socket = self.context.socket(self.SOCKETS[name])
        socket.linger = 0
        socket.rcvhwm = 0
        socket.reconnect_ivl = 10
        if name == "iopub":
            socket.subscribe(b"")
        else:
            socket.identity = self.session.session.encode()
        socket.connect(f"tcp://{self.connection['ip']}:{self.connection[name + '_port']}")
        return socket

    def __enter__(self) -> "Kernel":
        try:
            self.ready()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ready(self) -> None:
        """Waits until it answers and nothing that it publishes is missed."""
        while "idle" not in self.request("kernel_info_request", {}).types:
            pass

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, 9)
        self.process.wait()
        for socket in self.sockets.values():
            socket.close(0)
        self.context.term()
        self.log.close()
        self.folder.cleanup()

    @property
    def jvm(self) -> int:
        """The process that runs Java: the launcher stays its parent, to show why it could not start."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="utf-8")
        return int(children.split()[0])

    def said(self) -> str:
        """What it wrote to its own log."""
        return Path(self.log.name).read_text(encoding="utf-8", errors="replace")

    def send(self, kind: str, content: dict, channel: str = "shell", **more: object) -> Run:
        message = self.session.msg(kind, content)
        message["header"].update(more.get("header", {}))
        run = self.runs[message["header"]["msg_id"]] = Run(message["header"]["msg_id"])
        run.at["sent"] = time.perf_counter()
        self.session.send(self.sockets[channel], message)
        return run

    def request(self, kind: str, content: dict, channel: str = "shell", **more: object) -> Run:
        """Sends a request and waits for the end of it."""
        run = self.send(kind, content, channel, **more)
        self.until(lambda: run.done if kind != "kernel_info_request" else run.reply is not None)
        return run

    def submit(self, code: str, **options: object) -> Run:
        return self.send(
            "execute_request",
            {
                "code": code,
                "silent": False,
                "store_history": True,
                "user_expressions": {},
                "allow_stdin": False,
                "stop_on_error": True,
                **options,
            },
        )

    def run(self, code: str, **options: object) -> Run:
        run = self.submit(code, **options)
        self.until(lambda: run.done)
        return run

    def interrupt(self) -> Run:
        return self.request("interrupt_request", {}, "control")

    def answer(self, question: dict, value: str) -> None:
        self.session.send(self.sockets["stdin"], "input_reply", {"value": value}, parent=question)

    def heartbeat(self) -> bool:
        self.sockets["hb"].send(b"ping")
        return bool(self.sockets["hb"].poll(self.patience * 1000)) and self.sockets["hb"].recv() == b"ping"

    def until(self, condition) -> None:
        """Receives until the condition holds; fails when it does not in time, or the process is gone."""
        end = time.perf_counter() + self.patience
        while not condition():
            dead = self.process.poll() is not None
            ready = self.poller.poll(250)
            for socket, _ in ready:
                self.receive(socket)
            assert ready or not dead, f"the kernel's process ended with {self.process.returncode}: {self.said()}"
            assert time.perf_counter() < end, f"not within {self.patience:.0f} s; the kernel said: {self.said()}"

    def receive(self, socket: zmq.Socket) -> None:
        arrived = time.perf_counter()
        _, message = self.session.recv(socket)
        run = self.runs.get(message["parent_header"].get("msg_id"))
        if socket is self.sockets["stdin"]:
            self.questions.append(message)
        elif run is None:
            self.orphans.append(message)
        elif socket is self.sockets["iopub"]:
            run.published.append(message)
            run.at.setdefault(message["content"].get("execution_state", message["msg_type"]), arrived)
        else:
            run.reply = message
            run.replies += 1
            run.at["reply"] = arrived

    def listen(self, seconds: float) -> None:
        """Receives whatever comes in that time."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            for socket, _ in self.poller.poll(max(1, 1000 * left)):
                self.receive(socket)

    def settle(self) -> None:
        """Receives what was published before now: the answer to a later request comes behind it."""
        run = self.send("comm_info_request", {})
        self.until(lambda: run.done)


def cpu_seconds(pid: int) -> float:
    """The processor time that a process has used, of all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def status_of(pid: int, name: str) -> int:
    """A number of /proc/PID/status: `VmRSS` in kB, `Threads`."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))


def quiet(kernel: Kernel, window: float = 0.3, cores: float = 0.5, tries: int = 40) -> bool:
    """Whether the process comes to rest: one window in which it uses less than that share of a core.

    The compiler and the collector may still be at work after a cell; what burns for ever never rests.
    """
    for _ in range(tries):
        used, begun = cpu_seconds(kernel.jvm), time.perf_counter()
        kernel.listen(window)
        if cpu_seconds(kernel.jvm) - used < cores * (time.perf_counter() - begun):
            return True
    return False


def prefix(spec: Path) -> Path:
    """The environment that a kernelspec is installed in."""
    return spec.parents[3] if spec.parent.name == "kernels" else Path(sys.prefix)


def filled(part: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        part = part.replace("{" + name + "}", value)
    return part
