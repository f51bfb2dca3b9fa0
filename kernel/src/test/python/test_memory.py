"""What fills the memory ends its cell only: with an error in plain words, variables kept, and the next cell answered."""

import pytest
from kernels import Kernel


def kernel_with(options: str) -> Kernel:
    return Kernel(environment={"THREADBOOK_JVM_OPTIONS": options})


@pytest.fixture(scope="module")
def kernel():
    with kernel_with("-Xmx160m") as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_is_lost(request):
    """Behind each of these cells the kernel answers, knows its variables and can be told to end."""
    if "kernel" not in request.fixturenames:
        yield
        return
    kernel = request.getfixturevalue("kernel")
    kernel.run("int keep = 41;")
    yield
    assert kernel.run("keep + 1").result == "42"
    assert kernel.heartbeat()


def failed(kernel: Kernel, code: str) -> str:
    """What the cell's error says."""
    run = kernel.run(code)
    assert run.status == "error", run.published
    [error] = run.contents("error")
    return "\n".join(error["traceback"])


FILLS_A_VARIABLE = "var l = new ArrayList<byte[]>(); while (true) l.add(new byte[1 << 20]);"
# 60 MB that need not lie side by side.
IN_PIECES = "int count; { var again = new ArrayList<byte[]>(); for (int i = 0; i < %d; i++) again.add(new byte[1 << 18]); count = again.size(); } count"
FILLS_IN_SMALL_STEPS = "var l = new LinkedList<Object>(); while (true) l.add(new Object());"
FILLS_A_MAP = "var l = new HashMap<Integer, String>(); for (int i = 0; ; i++) l.put(i, \"value \" + i);"


@pytest.mark.parametrize(("memory", "fills"), [("160m", FILLS_A_VARIABLE), ("160m", FILLS_IN_SMALL_STEPS), ("1g", FILLS_A_VARIABLE)])
def test_twenty_cells_in_a_row_may_fill_the_memory_and_keep_it_in_a_variable(memory, fills):
    with kernel_with("-Xmx" + memory) as kernel:
        kernel.run("int keep = 41;")
        for _ in range(20):
            assert "OutOfMemoryError" in failed(kernel, fills)
            # What the variable keeps may leave too little for any cell: then this one is not run, and says what to do.
            next_one = kernel.run("keep + 1")
            assert next_one.result == "42" or "`l = null` frees it" in str(next_one.contents("error"))
        assert kernel.run("l = null").status == "ok"
        assert kernel.run("keep + 1").result == "42"
        assert kernel.run(IN_PIECES % 240).result == "240"


def test_the_error_names_the_variable_that_holds_the_memory(kernel):
    said = failed(kernel, FILLS_A_VARIABLE)

    assert "Java may use 160 MB here" in said
    assert "The variable `l` of cell" in said and "`l = null` frees it" in said
    assert kernel.run("l = null").status == "ok"
    assert kernel.run(IN_PIECES % 240).result == "240"


def test_a_list_that_goes_on_growing_over_cells_leaves_the_kernel_its_reserve(kernel):
    kernel.run("var grows = new ArrayList<byte[]>();")
    for _ in range(8):
        assert "`grows = null` frees it" in failed(kernel, "while (true) grows.add(new byte[1 << 16]);")
    assert kernel.run("grows = null").status == "ok"


def test_an_older_value_of_a_variable_is_let_go_when_the_newer_one_does_not_fit(kernel):
    kernel.run("byte[] big = new byte[70 << 20];")
    said = failed(kernel, "byte[] big = new byte[70 << 20];")
    assert "frees it" in said  # the declaration failed: the older one is still the variable
    kernel.run("String big = null;")
    assert "declared anew have been let go: big" in failed(kernel, "byte[] other = new byte[70 << 20];")
    assert kernel.run("byte[] other = new byte[70 << 20];").status == "ok"
    kernel.run("other = null;")


@pytest.mark.parametrize(
    "code",
    [
        "var own = new ArrayList<byte[]>(); { while (true) own.add(new byte[1 << 20]); }",
        "{ var m = new HashMap<Integer, String>(); for (int i = 0; ; i++) m.put(i, \"value \" + i); }",
        "{ var text = new StringBuilder(\"x\"); while (true) text.append(text); }",
        "{ Object[] chain = null; while (true) chain = new Object[] {chain, new int[1000]}; }",
        "int[][] square = new int[100_000][100_000];",
        "long[] one = new long[1_000_000_000];",
        "IntStream.range(0, 1 << 30).boxed().toList()",
        "class Fills { static List<byte[]> all = new ArrayList<>(); static { while (all != null) all.add(new byte[1 << 20]); } } new Fills()",
        "class Held { static List<byte[]> all = new ArrayList<>(); } try { while (true) Held.all.add(new byte[1 << 20]); } finally { Held.all = null; }",
    ],
    ids=lambda code: code[:40],
)
def test_any_way_to_fill_the_memory_ends_the_cell_only(kernel, code):
    assert "OutOfMemoryError" in failed(kernel, code)
    kernel.run("var own = 1; Object l = null;")


def test_the_memory_may_end_while_a_value_is_shown(kernel):
    said = failed(kernel, "new Object() { public String toString() { return \"x\".repeat(500_000_000); } }")
    assert "OutOfMemoryError" in said
    said = failed(
        kernel,
        "new Object() { public Map<String, String> mimeBundle() { var l = new ArrayList<byte[]>(); while (true) l.add(new byte[1 << 20]); } }",
    )
    assert "OutOfMemoryError" in said


@pytest.mark.parametrize("start", ["Thread.ofPlatform().start(fill)", "Thread.ofVirtual().start(fill)"])
def test_a_thread_that_fills_the_memory_ends_and_says_so(kernel, start):
    run = kernel.run(
        "Runnable fill = () -> { var l = new ArrayList<byte[]>(); while (true) l.add(new byte[1 << 20]); };\n"
        + start + ".join();"
    )
    kernel.until(lambda: "OutOfMemoryError" in run.text("stderr"))


def test_a_task_that_fills_the_memory_fails_as_a_task(kernel):
    said = failed(
        kernel,
        "try (var pool = Executors.newFixedThreadPool(2)) { pool.submit(() -> { var l = new ArrayList<byte[]>(); while (true) l.add(new byte[1 << 20]); }).get(); }",
    )
    assert "ExecutionException" in said and "OutOfMemoryError" in said


def test_a_thread_that_fills_the_memory_for_ever_leaves_the_kernel_reachable(kernel):
    run = kernel.submit(
        "IO.println(\"begins\"); while (true) try { var l = new ArrayList<byte[]>(); while (true) l.add(new byte[1 << 16]); } catch (OutOfMemoryError e) {}"
    )
    kernel.until(lambda: run.text())
    kernel.interrupt()
    kernel.until(lambda: run.done)
    assert run.status == "error"


def test_an_array_larger_than_java_allows_is_explained(kernel):
    assert "limit is about 2.1 billion" in failed(kernel, "new byte[Integer.MAX_VALUE]")
    assert "limit is about 2.1 billion" in failed(kernel, "\"ab\".repeat(Integer.MAX_VALUE)")


def test_threads_that_the_system_refuses_are_explained_and_make_room(kernel):
    said = failed(
        kernel,
        """
        Runnable waits = () -> { try { Thread.sleep(1_000_000); } catch (InterruptedException e) {} };
        for (int i = 0; i < 50; i++) new Thread(waits).start();
        while (true) new Thread(null, waits, "large", 1L << 45).start();
        """,
    )
    assert "unable to create native thread" in said
    assert "The system gave Java no further thread." in said
    assert "threads of cell" in said and "ended" in said


def test_buffers_outside_the_heap_are_explained(kernel):
    said = failed(
        kernel,
        "var buffers = new ArrayList<java.nio.ByteBuffer>(); while (true) buffers.add(java.nio.ByteBuffer.allocateDirect(10 << 20));",
    )
    assert "outside the heap may take up 160 MB" in said
    kernel.run("buffers = null;")


DEEP = "int deep(int n) { return deep(n + 1) + 1; }\n"


@pytest.mark.parametrize(
    "code",
    [
        DEEP + "deep(0)",
        "new Object() { public String toString() { return \"\" + this; } }",
        "Stream.of(3, 1, 2).sorted(new Comparator<Integer>() { public int compare(Integer a, Integer b) { return -compare(b, a); } }).toList()",
        "var l = new ArrayList<Object>(); l.add(List.of(l)); l.hashCode()",
        "class Deep { static int f(int n) { return f(n + 1) + 1; } static int x = f(0); } Deep.x",
    ],
    ids=lambda code: code[:40],
)
def test_endless_recursion_ends_the_cell_only(kernel, code):
    assert "StackOverflowError" in failed(kernel, code)


@pytest.mark.parametrize("error", ["Error", "AssertionError", "LinkageError", "InternalError", "ThreadDeath", "StackOverflowError"])
def test_an_error_while_a_value_is_shown_ends_the_cell_only(kernel, error):
    assert error in failed(kernel, "new Object() { public String toString() { throw new %s(); } }" % error)
    assert error in failed(
        kernel, "new Object() { public Map<String, String> mimeBundle() { throw new %s(); } }" % error
    )
