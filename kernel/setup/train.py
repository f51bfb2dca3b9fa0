"""Runs a kernel through a few cells so that the JVM can write its AOT cache: train.py CACHE JAVA ARGUMENT…

Runs in the environment's Python (it needs jupyter_client). The JVM writes the cache when it ends, in a
process of its own; so this waits for it, as Jupyter's own kernel managers would not.
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
PATIENCE = 60


def main(cache: str, java: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        connection_file, _ = write_connection_file(os.path.join(folder, "connection.json"))
        process = subprocess.Popen([java[0], f"-XX:AOTCacheOutput={cache}", *java[1:], connection_file])
        client = BlockingKernelClient(connection_file=connection_file)
        client.load_connection_file()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=PATIENCE)
            for code in CELLS:
                client.execute_interactive(
                    code, timeout=PATIENCE, output_hook=lambda message: None, stop_on_error=False
                )
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
        return process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
