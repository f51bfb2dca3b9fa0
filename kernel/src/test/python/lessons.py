"""Small notebooks for the tests, as text."""

import nbformat
from nbformat import v4

PRINT = 'IO.println("printed");\n6 * 7'
CHART = """import tech.tablesaw.api.*;
import threadbook.lab.figure.Charts;

Charts.speedup(
    Table.create(IntColumn.create("workers", 1, 2, 4), DoubleColumn.create("speedup", 1.0, 1.9, 2.1)),
    "A small speedup")"""
FAILS = 'Integer.parseInt("seven")'

ASKS = 'var name = IO.readln("Your name? ");\nIO.println("Hello, " + name);'
LOOPS = "while (true) {}"
KEPT = "name.length()"
WAITS = """var gate = new java.util.concurrent.CountDownLatch(1);
var waiting = Thread.ofPlatform().start(() -> {
    try {
        gate.await();
        IO.println("late");
    } catch (InterruptedException stopped) {}
});"""
OPENS = "gate.countDown();\nwaiting.join();"


def markdown(source: str):
    return v4.new_markdown_cell(source)


def code(source: str, outputs=(), tags=(), count=None):
    return v4.new_code_cell(source, outputs=list(outputs), execution_count=count, metadata={"tags": list(tags)} if tags else {})


def notebook(*cells, **metadata) -> str:
    """The file's text; its kernel is `java`."""
    kernel = {"name": "java", "display_name": "Java (Threadbook)", "language": "java"}
    return nbformat.writes(v4.new_notebook(cells=list(cells), metadata={"kernelspec": kernel, **metadata}))


def small_lesson() -> str:
    """Prose, a print with a value, a chart, and an error that is meant."""
    return notebook(
        markdown("# A small lesson\n\n## First"), code(PRINT), markdown("## Second"), code(CHART), code(FAILS, tags=["raises-exception"])
    )  # fmt: skip
