"""Runs a kernel through a few cells and makes the JVM's AOT cache of that: train.py CACHE JAVA ARGUMENT…

Runs in the environment's Python (it needs jupyter_client). Recording and making the cache are two runs
of the JVM. It could do both in one (-XX:AOTCacheOutput), but then it hands its class path on in a
variable that is split at spaces, and folders may have them in their names.
"""

import os
import subprocess
import sys
import tempfile

from jupyter_client import BlockingKernelClient, write_connection_file

# What the first minutes of a lesson do: each loads classes that later starts then have at once.
CELLS = [
    "1 + 1",
    'var text = "a" + 1; text',
    "record Point(int x, int y) {}\nnew Point(1, 2)",
    "IntStream.range(0, 10).boxed().map(n -> n * 2).collect(Collectors.toList())",
    'var worker = Thread.ofPlatform().start(() -> System.out.println("in a thread")); worker.join();',
    'try (var pool = Executors.newVirtualThreadPerTaskExecutor()) { pool.submit(() -> IO.println("virtual")).get(); }',
    "class Counter { int value; synchronized void add() { value++; } }\nvar counter = new Counter(); counter.add(); counter",
    "int broken = undefinedName;",
    'throw new IllegalStateException("as it happens");',
]
ASSISTANCE = ["Thr", "text.", "IntStream.ra"]
PATIENCE = 120


def main(cache: str, java: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        recorded = os.path.join(folder, "recorded")
        record(folder, [java[0], "-XX:AOTMode=record", f"-XX:AOTConfiguration={recorded}", *java[1:]])
        create = [java[0], "-XX:AOTMode=create", f"-XX:AOTConfiguration={recorded}", f"-XX:AOTCache={cache}", *java[1:]]
        return subprocess.run(create, timeout=PATIENCE, check=False).returncode


def record(folder: str, java: list[str]) -> None:
    """Runs the cells; the JVM writes what it saw when it ends."""
    connection_file, _ = write_connection_file(os.path.join(folder, "connection.json"))
    process = subprocess.Popen([*java, connection_file])
    client = BlockingKernelClient(connection_file=connection_file)
    client.load_connection_file()
    # Without the heartbeat: the client would call a kernel dead that is not up yet.
    client.start_channels(hb=False)
    try:
        client.wait_for_ready(timeout=PATIENCE)
        for code in CELLS:
            client.execute_interactive(code, timeout=PATIENCE, output_hook=lambda message: None, stop_on_error=False)
        for code in ASSISTANCE:
            client.complete(code, reply=True, timeout=PATIENCE)
            client.inspect(code, reply=True, timeout=PATIENCE)
            client.is_complete(code)
            client.get_shell_msg(timeout=PATIENCE)
        client.shutdown(reply=True, timeout=PATIENCE)
        process.wait(timeout=PATIENCE)
    finally:
        client.stop_channels()
        if process.poll() is None:
            process.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
