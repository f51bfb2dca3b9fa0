"""Two thousand random cells with interrupts at random moments: every variable, line and reply is accounted for.

Chance decides, from a seed that is printed. THREADBOOK_SEED repeats a run; THREADBOOK_SOAK is how many cells,
THREADBOOK_SOAK_SECONDS how long at most (a machine that is slow runs fewer, and says how many).
"""

import os
import random
import time
from dataclasses import dataclass, field

from kernels import Kernel, Run, status_of

SEED = int(os.environ.get("THREADBOOK_SEED") or time.time_ns() % 1_000_000)
CELLS = int(os.environ.get("THREADBOOK_SOAK") or 2_000)
SECONDS = float(os.environ.get("THREADBOOK_SOAK_SECONDS") or 150)
NAMES = [f"v{i}" for i in range(12)]
STARTS = [
    "Thread.ofPlatform().start({0})",
    "Thread.ofVirtual().start({0})",
    "pool.submit({0})",
    "CompletableFuture.runAsync({0})",
]
HANGS = [
    "while (true) {{ }}",
    "Thread.sleep(1_000_000);",
    "for (;;) try {{ while (true) {{ }} }} catch (Throwable t) {{ }}",
    "while (true) try {{ Thread.sleep(1_000_000); }} catch (InterruptedException e) {{ }}",
    "Thread.ofVirtual().start(() -> {{ while (true) {{ }} }}).join();",
    "Thread.ofPlatform().start(() -> {{ while (true) {{ }} }}).join();",
    "CompletableFuture.runAsync(() -> {{ while (true) {{ }} }}).join();",
    "new CompletableFuture<Integer>().join();",
    "new Semaphore(0).acquireUninterruptibly();",
    "new CountDownLatch(1).await();",
    "var q{n} = new ReentrantLock(); Thread.ofPlatform().daemon().start(q{n}::lock).join(); q{n}.lock();",
    "new Random().ints().sum();",
    "IntStream.range(0, 50).parallel().forEach(i -> {{ while (true) {{ }} }});",
]


@dataclass
class Model:
    """What the kernel must hold: for each variable the values that it may have."""

    values: dict[str, set[int]] = field(default_factory=lambda: {name: {0} for name in NAMES})

    def assigned(self, name: str, value: int, certainly: bool) -> None:
        self.values[name] = {value} if certainly else self.values[name] | {value}


@dataclass
class Expected:
    """One cell that was sent, and what must come of it."""

    run: Run
    status: set[str]
    # Each thread's lines in its order; of an interrupted cell a beginning of them.
    lines: dict[str, list[str]]
    whole: bool = True
    counted: bool = True


class Soak:
    def __init__(self, kernel: Kernel, seed: int):
        self.kernel = kernel
        self.chance = random.Random(seed)
        self.model = Model()
        self.cells: list[Expected] = []
        self.number = 0

    def printed(self, who: str, lines: int) -> tuple[str, list[str]]:
        """Code that prints lines of its own, and the lines."""
        mark = f"{self.number}.{who}"
        return f'for (int i = 0; i < {lines}; i++) System.out.println("{mark}." + i);', [f"{mark}.{i}" for i in range(lines)]

    def step(self) -> None:
        self.number += 1
        kinds = [self.assigns, self.prints, self.prints_from_threads, self.throws, self.does_not_compile, self.redefines, self.hangs, self.interrupted_somewhere, self.burst]
        self.chance.choices(kinds, weights=[20, 15, 15, 8, 8, 8, 6, 8, 4])[0]()

    def send(self, code: str, lines: dict[str, list[str]] | None = None, status: str = "ok") -> Expected:
        expected = Expected(self.kernel.submit(code), {status}, lines or {})
        self.cells.append(expected)
        return expected

    def end(self, expected: Expected) -> None:
        self.kernel.until(lambda: expected.run.done)

    def assigns(self) -> None:
        statements = []
        for _ in range(self.chance.randint(1, 4)):
            name, value = self.chance.choice(NAMES), self.chance.randrange(1_000_000)
            statements.append(f"{'' if self.chance.random() < 0.7 else 'int '}{name} = {value};")
            self.model.assigned(name, value, certainly=True)
        self.end(self.send("\n".join(statements)))

    def prints(self) -> None:
        code, lines = self.printed("main", self.chance.choice([1, 10, 500]))
        self.end(self.send(code, {"main": lines}))

    def prints_from_threads(self) -> None:
        """Some of them after the cell has ended."""
        parts, expected = [], {}
        for i in range(self.chance.randint(1, 5)):
            code, lines = self.printed(f"t{i}", self.chance.choice([1, 20, 100]))
            late = "LockSupport.parkNanos(20_000_000); " if self.chance.random() < 0.3 else ""
            parts.append(self.chance.choice(STARTS).format(f"() -> {{ {late}{code} }}") + ";")
            expected[f"t{i}"] = lines
        self.end(self.send("\n".join(parts), expected))

    def throws(self) -> None:
        """What stands before has happened, what stands behind has not."""
        name, value = self.chance.choice(NAMES), self.chance.randrange(1_000_000)
        self.end(self.send(f'int {name} = {value};\nint bad = Integer.parseInt("x");\nint {self.chance.choice(NAMES)} = -1;', status="error"))
        self.model.assigned(name, value, certainly=True)

    def does_not_compile(self) -> None:
        code, _ = self.printed("main", 5)
        self.end(self.send(f"int {self.chance.choice(NAMES)} = -2;\n{code}\nundefined();", status="error"))

    def redefines(self) -> None:
        body = self.chance.randrange(1_000_000)
        shape = self.chance.choice(["", "int more = 1;", "String other;"])
        code, lines = self.printed("main", 1)
        self.end(self.send(f"class Shape {{ {shape} int f() {{ return {body}; }} }}\nif (new Shape().f() == {body}) {{ {code} }}", {"main": lines}))

    def hangs(self) -> None:
        name, value = self.chance.choice(NAMES), self.chance.randrange(1_000_000)
        hang = self.chance.choice(HANGS).format(n=self.number)
        cell = self.send(f'int {name} = {value};\nSystem.out.println("{self.number}.main.0");\n{hang}\nint {self.chance.choice(NAMES)} = -3;', {"main": [f"{self.number}.main.0"]}, "error")
        behind = [self.send(f"{self.chance.choice(NAMES)} = -4;", status="aborted") for _ in range(self.chance.randint(0, 3))]
        for one in behind:
            one.counted = False
        self.kernel.until(lambda: cell.run.text())
        self.kernel.listen(self.chance.random() * 0.02)
        self.kernel.interrupt()
        for one in [cell, *behind]:
            self.end(one)
        self.model.assigned(name, value, certainly=True)

    def interrupted_somewhere(self) -> None:
        """While it compiles, while it runs, or when it has just ended: statements happen in their order."""
        code, lines = self.printed("main", 200)
        steps = [(self.chance.choice(NAMES), self.chance.randrange(1_000_000)) for _ in range(4)]
        cell = self.send("\n".join([f"int {name} = {value};" for name, value in steps] + [code]), {"main": lines})
        cell.status, cell.whole = {"ok", "error"}, False
        self.kernel.until(lambda: "execute_input" in cell.run.types)
        self.kernel.listen(self.chance.random() * 0.06)
        self.kernel.interrupt()
        self.end(cell)
        done = cell.run.status == "ok"
        if done:
            cell.whole = True
        for name, value in steps:
            self.model.assigned(name, value, certainly=done)

    def burst(self) -> None:
        """Many at once, as Run All sends them."""
        cells = []
        for _ in range(10):
            name, value = self.chance.choice(NAMES), self.chance.randrange(1_000_000)
            cells.append(self.send(f"int {name} = {value};"))
            self.model.assigned(name, value, certainly=True)
        for cell in cells:
            self.end(cell)

    def check_values(self) -> None:
        for name, values in self.model.values.items():
            run = self.kernel.run(name)
            self.cells.append(Expected(run, {"ok"}, {}))
            assert run.result is not None, (name, values, run.reply["content"])
            assert int(run.result) in values, (name, values)

    def check_replies(self) -> None:
        counts = []
        for cell in self.cells:
            run = cell.run
            assert run.status in cell.status, (run.status, cell.status, run.reply["content"])
            assert (run.types.count("busy"), run.types.count("idle"), run.replies) == (1, 1, 1), run.types
            if cell.counted:
                counts.append(run.reply["content"]["execution_count"])
        assert counts == list(range(counts[0], counts[0] + len(counts)))

    def check_lines(self) -> None:
        for cell in self.cells:
            printed = cell.run.text().splitlines()
            for lines in cell.lines.values():
                mine = [line for line in printed if line.rpartition(".")[0] == lines[0].rpartition(".")[0]]
                assert mine == (lines if cell.whole else lines[: len(mine)]), (mine, lines)
            assert len(printed) <= sum(map(len, cell.lines.values())), printed
        assert not self.kernel.orphans


def test_after_two_thousand_random_cells_every_variable_line_and_reply_is_accounted_for():
    print(f"\nseed {SEED}: THREADBOOK_SEED={SEED} repeats this run")
    with Kernel() as kernel:
        kernel.run("var pool = Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().factory());")
        kernel.run("".join(f"int {name} = 0;\n" for name in NAMES))
        kernel.orphans.clear()  # the welcome belongs to no request
        soak = Soak(kernel, SEED)
        begun = time.perf_counter()
        threads = memory = 0
        early = min(CELLS / 2, 50)
        while len(soak.cells) < CELLS and time.perf_counter() - begun < SECONDS:
            soak.step()
            if threads == 0 and len(soak.cells) > early:
                threads, memory = status_of(kernel.jvm, "Threads"), status_of(kernel.jvm, "VmRSS")
        ran = len(soak.cells)
        seconds = time.perf_counter() - begun

        soak.check_values()
        kernel.listen(1)
        kernel.settle()
        soak.check_replies()
        soak.check_lines()

        assert threads > 0, f"only {ran} cells: too few to tell what grows"
        more_threads = status_of(kernel.jvm, "Threads") - threads
        more_memory = status_of(kernel.jvm, "VmRSS") - memory
        print(f"{ran} cells, {ran / seconds:.1f} a second; {more_threads:+} threads, {more_memory / 1024:+.0f} MB since the first fifty")
        # Each ReentrantLock that hangs a cell leaves nothing; the common pool comes and goes.
        assert more_threads < 20
        assert more_memory < 600_000
