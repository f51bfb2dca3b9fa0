"""Runs a kernel through a few cells and makes AOT caches of that: train.py CACHE CHILDREN'S-CACHE JAVA ARGUMENT…

Runs in the environment's Python (it needs jupyter_client). Recording and making the cache are two runs
of the JVM. It could do both in one (-XX:AOTCacheOutput), but then it hands its class path on in a
variable that is split at spaces, and folders may have them in their names.

The last cells start processes, which record too. Each writes what it saw when it ends, so what the last one did
is what makes the children's cache; how they are started one of them tells.
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
# Prints the options and the class path of a JVM for lambdas.
TELLING = """
childJvm(() -> {
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(one -> IO.println(one));
    IO.println("-cp");
    IO.println(System.getProperty("java.class.path"));
}).out().lines().forEach(one -> IO.println("child: " + one));
"""
CHILDREN = [
    TELLING,
    "int factor = 2; List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3)); int times(int n) { return n * factor; }",
    """
    process("p", () -> {
        IO.println("from " + pid());
        thread(() -> numbers.add(4)).start().join();
        try { throw new IllegalStateException("as it happens"); } catch (IllegalStateException e) { IO.println(e.getMessage()); }
        return numbers.stream().map(n -> new Point(n, times(n))).toList();
    }).start().join()
    """,
]
CHILD = "child: "
ASSISTANCE = ["Thr", "text.", "IntStream.ra"]
PATIENCE = 120


def main(cache: str, children: str, java: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        recorded = os.path.join(folder, "recorded")
        child = record(folder, [java[0], "-XX:AOTMode=record", f"-XX:AOTConfiguration={recorded}", *java[1:]])
        failed = create(cache, recorded, java)
        return failed or create(children, os.path.join(folder, "child"), [java[0], *child])


def create(cache: str, recorded: str, java: list[str]) -> int:
    command = [java[0], "-XX:AOTMode=create", f"-XX:AOTConfiguration={recorded}", f"-XX:AOTCache={cache}", *java[1:]]
    return subprocess.run(command, timeout=PATIENCE, check=False).returncode


def record(folder: str, java: list[str]) -> list[str]:
    """Runs the cells; each JVM writes what it saw when it ends. Returns the arguments of a JVM for lambdas."""
    connection_file, _ = write_connection_file(os.path.join(folder, "connection.json"))
    # The name of the file without its folder, which may have spaces in its name.
    environment = {**os.environ, "THREADBOOK_CHILD_OPTIONS": "-XX:AOTMode=record -XX:AOTConfiguration=child"}
    process = subprocess.Popen([*java, connection_file], cwd=folder, env=environment)
    client = BlockingKernelClient(connection_file=connection_file)
    client.load_connection_file()
    printed = []

    def hear(message: dict) -> None:
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    # Without the heartbeat: the client would call a kernel dead that is not up yet.
    client.start_channels(hb=False)
    try:
        client.wait_for_ready(timeout=PATIENCE)
        for code in CELLS + CHILDREN:
            client.execute_interactive(code, timeout=PATIENCE, output_hook=hear, stop_on_error=False)
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
    told = [line.removeprefix(CHILD) for line in "".join(printed).splitlines() if line.startswith(CHILD)]
    return [argument for argument in told if not argument.startswith("-XX:AOT")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
