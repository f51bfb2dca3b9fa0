"""A kernel that runs no code: it answers in the Java kernel's place and says why that one did not start.

    fallback.py CONNECTION_FILE --reason TEXT
    fallback.py CONNECTION_FILE --ended JAVA ARGUMENT...

With --ended the command is started once more, on ports of its own, and what it prints is the
reason. If it comes up this time, nothing is wrong with the installation (a cell may have ended the
JVM): then this program ends with 1, and Jupyter starts the kernel anew.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import zmq
from jupyter_client import BlockingKernelClient, write_connection_file
from jupyter_client.session import Session

REMEDY = (
    "Run `make install` in Threadbook's folder: it looks for a JDK 25 and installs the kernel again,\n"
    "or says what is missing. Then restart this kernel (menu Kernel, Restart)."
)
# How long a JVM may take to come up when it is tried a second time, in seconds.
PATIENCE = 30
# How often to look whether Jupyter is still there, in milliseconds.
PARENT_CHECK = 2000
# Run All sends all cells at once: those that arrive within this time belong to the failed run, in milliseconds.
SAME_RUN = 100


def reason_of(java: list[str]) -> str | None:
    """What the JVM says when it is started again; None if it comes up."""
    with tempfile.TemporaryDirectory() as folder:
        connection_file, _ = write_connection_file(os.path.join(folder, "connection.json"))
        said = Path(folder, "said")
        with said.open("wb") as sink:
            process = subprocess.Popen([*java, connection_file], stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        try:
            if comes_up(process, connection_file):
                return None
        finally:
            process.kill()
            process.wait()
        words = said.read_text(encoding="utf-8", errors="replace").strip()
        return f"Java could not start the kernel: {java[0]}\n{words or f'It ended with {process.returncode}, without a word.'}"


def comes_up(process: subprocess.Popen, connection_file: str) -> bool:
    client = BlockingKernelClient(connection_file=connection_file)
    client.load_connection_file()
    client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
    try:
        client.kernel_info()
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until:
            if client.shell_channel.socket.poll(100):
                return True
        return False
    finally:
        client.stop_channels()


class Fallback:
    """The five sockets, all owned by the one thread there is."""

    def __init__(self, connection_file: str, reason: str) -> None:
        connection = json.loads(Path(connection_file).read_text(encoding="utf-8"))
        self.reason = reason
        self.execution_count = 0
        self.session = Session(
            key=connection["key"].encode(), signature_scheme=connection.get("signature_scheme", "hmac-sha256")
        )
        context = zmq.Context.instance()

        def bind(kind: int, name: str) -> zmq.Socket:
            socket = context.socket(kind)
            socket.linger = 1000
            separator = ":" if connection["transport"] == "tcp" else "-"
            socket.bind(f"{connection['transport']}://{connection['ip']}{separator}{connection[name + '_port']}")
            return socket

        self.shell = bind(zmq.ROUTER, "shell")
        self.control = bind(zmq.ROUTER, "control")
        self.stdin = bind(zmq.ROUTER, "stdin")
        self.heartbeat = bind(zmq.ROUTER, "hb")
        self.iopub = bind(zmq.PUB, "iopub")
        self.context = context

    def run(self) -> None:
        """Answers until a shutdown is asked for, or the process that started this one is gone."""
        poller = zmq.Poller()
        for socket in (self.shell, self.control, self.heartbeat):
            poller.register(socket, zmq.POLLIN)
        parent = os.getppid()
        while os.getppid() == parent:
            ready = dict(poller.poll(PARENT_CHECK))
            if self.heartbeat in ready:
                self.heartbeat.send_multipart(self.heartbeat.recv_multipart())
            for socket in (self.control, self.shell):
                if socket in ready and not self.answer(socket):
                    self.context.destroy()
                    return

    def answer(self, socket: zmq.Socket, abort: bool = False) -> bool:
        """Answers one request; False if it asked for the end."""
        try:
            identities, request = self.session.recv(socket, mode=0)
        except ValueError as malformed:
            print(f"threadbook: message dropped: {malformed}", file=sys.stderr)
            return True
        kind, content = request["header"]["msg_type"], request["content"]
        self.publish("status", {"execution_state": "busy"}, request)
        failed = False
        if kind == "execute_request" and abort:
            reply = {"status": "aborted"}
        elif kind == "execute_request":
            reply = self.execute(request)
            failed = content.get("stop_on_error", True)
        else:
            reply = self.reply(kind, content)
        if reply is not None:
            self.session.send(socket, kind.replace("_request", "_reply"), reply, request, identities)
        self.publish("status", {"execution_state": "idle"}, request)
        while failed and socket.poll(SAME_RUN):
            if not self.answer(socket, abort=True):
                return False
        return kind != "shutdown_request"

    def reply(self, kind: str, content: dict) -> dict | None:
        match kind:
            case "kernel_info_request":
                return {
                    "status": "ok",
                    "protocol_version": "5.5",
                    "implementation": "threadbook-fallback",
                    "implementation_version": "0",
                    "banner": f"Threadbook: the Java kernel did not start.\n{self.reason}",
                    "help_links": [],
                    "language_info": {
                        "name": "Java",
                        "version": "25",
                        "mimetype": "text/x-java-source",
                        "file_extension": ".jshell",
                        "pygments_lexer": "java",
                        "codemirror_mode": "java",
                    },
                }
            case "history_request":
                return {"status": "ok", "history": []}
            case "is_complete_request":
                return {"status": "unknown"}
            case "complete_request":
                cursor = content.get("cursor_pos", 0)
                return {"status": "ok", "matches": [], "cursor_start": cursor, "cursor_end": cursor, "metadata": {}}
            case "inspect_request":
                return {"status": "ok", "found": False, "data": {}, "metadata": {}}
            case "comm_info_request":
                return {"status": "ok", "comms": {}}
            case "interrupt_request":
                return {"status": "ok"}
            case "shutdown_request":
                return {"status": "ok", "restart": content.get("restart", False)}
            case _ if kind.endswith("_request"):
                return self.error()
            case _:
                return None

    def execute(self, request: dict) -> dict:
        content, error = request["content"], self.error()
        if not content.get("silent", False):
            self.execution_count += content.get("store_history", True)
            code = {"code": content.get("code", ""), "execution_count": self.execution_count}
            self.publish("execute_input", code, request)
            self.publish("error", {key: error[key] for key in ("ename", "evalue", "traceback")}, request)
        return {**error, "execution_count": self.execution_count}

    def error(self) -> dict:
        red, normal = "\x1b[31m", "\x1b[0m"
        text = f"{red}The Java kernel did not start.{normal}\n{self.reason}\n\n{REMEDY}"
        return {
            "status": "error",
            "ename": "KernelNotStarted",
            "evalue": self.reason,
            "traceback": text.splitlines(),
        }

    def publish(self, kind: str, content: dict, parent: dict) -> None:
        self.session.send(self.iopub, kind, content, parent, ident=kind.encode())


def main() -> int:
    # Interrupts come as messages; Ctrl-C in the server's terminal is the server's.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection_file, how, *rest = sys.argv[1:]
    reason = reason_of(rest) if how == "--ended" else rest[0]
    if reason is None:
        print("threadbook: the JVM ended after it had started; Jupyter starts it again", file=sys.stderr)
        return 1
    print(f"threadbook: the Java kernel did not start. {reason}", file=sys.stderr)
    Fallback(connection_file, reason).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
