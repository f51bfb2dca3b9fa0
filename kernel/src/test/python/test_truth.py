"""What JShell breaks is repaired: cells mean what the same lines mean in a program."""

import pytest
from kernels import Kernel


@pytest.fixture(scope="module")
def kernel():
    with Kernel() as running:
        yield running


def told(kernel, *cells: str) -> str | None:
    """The value of the last of the cells; all of them must run."""
    run = None
    for code in cells:
        run = kernel.run(code)
        assert run.status == "ok", (code, run.reply["content"])
    return run.result


# Name, the cells to run, what the last one says.
MEANINGS = {
    "a spinning thread sees a volatile change": (
        [
            "volatile boolean go = false;\nvar spinning = Thread.ofPlatform().daemon().start(() -> { while (!go) { } });",
            "Thread.sleep(300); go = true; spinning.join(20_000); spinning.isAlive()",
        ],
        "false",
    ),
    "volatile stays when the variable is declared again": (
        [
            "volatile long again = 0;",
            "volatile long again = 1;\nvar watcher = Thread.ofPlatform().daemon().start(() -> { while (again == 1) { } });",
            "Thread.sleep(300); again = 2; watcher.join(20_000); watcher.isAlive()",
        ],
        "false",
    ),
    "synchronized methods share one monitor": (
        [
            "int count = 0;\nsynchronized void up() { count++; }\nsynchronized void down() { count--; }",
            "var team = new ArrayList<Thread>();\nfor (int i = 0; i < 4; i++) { boolean plus = i % 2 == 0; team.add(Thread.ofPlatform().start(() -> { for (int j = 0; j < 200_000; j++) if (plus) up(); else down(); })); }\nfor (var t : team) t.join();\ncount",
        ],
        "0",
    ),
    "synchronized methods of two cells share one monitor": (
        [
            "int shared = 0;\nsynchronized void first() { shared++; }",
            "synchronized void second() { shared++; }",
            "var a = new Thread(() -> { for (int j = 0; j < 300_000; j++) first(); }); var b = new Thread(() -> { for (int j = 0; j < 300_000; j++) second(); });\na.start(); b.start(); a.join(); b.join();\nshared",
        ],
        "600000",
    ),
    "a synchronized method gives its monitor back when it throws": (
        [
            "synchronized void fails() { throw new IllegalStateException(); }\nsynchronized int works() { return 5; }",
            "try { fails(); } catch (IllegalStateException e) { }\nint[] got = {0};\nvar t = new Thread(() -> got[0] = works()); t.start(); t.join(20_000);\ngot[0]",
        ],
        "5",
    ),
    "wait and notify work in synchronized blocks of cells": (
        [
            "Object bell = new Object(); boolean rung = false;\nvar t = new Thread(() -> { synchronized (bell) { while (!rung) { try { bell.wait(); } catch (InterruptedException e) { return; } } } });\nt.start();",
            "synchronized (bell) { rung = true; bell.notifyAll(); }\nt.join(20_000); t.isAlive()",
        ],
        "false",
    ),
    "assertions are on": (['try { assert 1 > 2 : "false"; } catch (AssertionError e) { IO.println("caught"); }\n7'], "7"),
    "an assertion that fails fails": (["boolean failed = false;\ntry { assert failed; } catch (AssertionError e) { failed = true; }\nfailed"], "true"),
    "a primitive pattern, a preview feature, works": (["switch (7) { case int i when i > 5 -> i * 6; case int i -> 0; }"], "42"),
    "an interface with default methods is followed by statements": (
        ["interface Greeter { default String greet() { return name() + 1; } String name(); }\nGreeter g = () -> \"a\";\ng.greet()"],
        "a1",
    ),
    "a compact constructor need not be public": (["record Range(int lo, int hi) { Range { if (lo > hi) throw new IllegalArgumentException(); } }\nnew Range(1, 2)"], "Range[lo=1, hi=2]"),
    "methods of a cell call each other, whatever their order": (["boolean even(int n) { return n == 0 || odd(n - 1); }\nboolean odd(int n) { return n != 0 && even(n - 1); }\neven(10)"], "true"),
    "a lambda changes a variable of the cell": (["int n = 0;\nRunnable r = () -> n++;\nr.run(); r.run(); n"], "2"),
    "a method whose body changed keeps the objects": (
        ["class Box { int v = 5; int twice() { return v * 2; } }\nBox box = new Box(); box.v = 8; Object same = box;", "class Box { int v = 5; int twice() { return v * 3; } }", 'box == same ? "kept " + box.twice() : "lost"'],
        "kept 24",
    ),
    "a running thread uses the new body": (
        [
            "int speed() { return 1; }\nvolatile int seen = 0; volatile boolean done = false;\nvar runner = Thread.ofPlatform().daemon().start(() -> { while (!done) { seen = speed(); Thread.onSpinWait(); } });\nwhile (seen != 1) Thread.onSpinWait();",
            "int speed() { return 2; }",
            "for (int i = 0; i < 200 && seen != 2; i++) Thread.sleep(50);\ndone = true; seen",
        ],
        "2",
    ),
    "a running thread of an old class goes on beside the new one": (
        [
            "class Worker { int step() { return 1; } }\nvolatile boolean stop = false; volatile int last = 0;\nvar old = new Worker();\nvar t = Thread.ofPlatform().daemon().start(() -> { var mine = old; while (!stop) { last = mine.step(); Thread.onSpinWait(); } });",
            "class Worker { String name = \"new\"; int step() { return 2; } }",
            'String both = t.isAlive() + " " + new Worker().name + " " + new Worker().step();\nstop = true; t.join(20_000); both',
        ],
        "true new 2",
    ),
    "a stored lambda uses the new body": (["int base() { return 1; }\nIntSupplier stored = () -> base() * 10;", "int base() { return 4; }", "stored.getAsInt()"], "40"),
    "record, enum, sealed and generics in one cell": (
        ["sealed interface Shape permits Circle, Square { }\nrecord Circle(double r) implements Shape { }\nrecord Square(double a) implements Shape { }\n<T extends Shape> double area(T s) { return switch ((Shape) s) { case Circle(double r) -> 3 * r * r; case Square(double a) -> a * a; }; }\nenum Kind { A, B { int n() { return 2; } }; int n() { return 1; } }\narea(new Square(2)) + area(new Circle(1)) + Kind.A.n() + Kind.B.n()"],
        "10.0",
    ),
    "old threads keep an old variable of another type": (
        [
            "int cell = 5; var threads = new ArrayList<Thread>(); volatile boolean enough = false;",
            "threads.add(Thread.ofPlatform().daemon().start(() -> { while (cell == 5 && !enough) { Thread.onSpinWait(); } }));",
            'String cell = "five";',
            'Thread.sleep(100); String both = threads.getFirst().isAlive() + cell; enough = true; both',
        ],
        "truefive",
    ),
}

@pytest.mark.parametrize("name", MEANINGS)
def test_in_a_cell(kernel, name):
    cells, value = MEANINGS[name]

    assert told(kernel, *cells) == value


@pytest.mark.parametrize(
    ("declared", "is_volatile"), [("volatile int {0} = 1;", "true"), ("int {0} = 1;", "false"), ("volatile var {0} = List.of(1);", "true"), ("volatile String {0};", "true")]
)
def test_a_variable_is_volatile_if_and_only_if_it_says_so(kernel, declared, is_volatile):
    name = f"probe{abs(hash(declared)) % 10_000}"
    told(kernel, declared.format(name))

    assert (
        told(
            kernel,
            f"Object reads() {{ return {name}; }}",
            # The variable is a field of a class of its own, which the method above names in its code.
            f'var holder = new Object() {{ boolean is() throws Exception {{ for (int i = 1; i < 2_000; i++) {{ try {{ var f = Class.forName("REPL.$JShell$" + i, true, Thread.currentThread().getContextClassLoader()).getDeclaredField("{name}"); return java.lang.reflect.Modifier.isVolatile(f.getModifiers()); }} catch (ClassNotFoundException | NoSuchFieldException e) {{ }} }} throw new IllegalStateException("not found"); }} }};\n'
            "holder.is()",
        )
        == is_volatile
    )


def test_a_structured_task_scope_gives_what_its_tasks_gave(kernel):
    run = kernel.run("try (var scope = StructuredTaskScope.open()) { var a = scope.fork(() -> 40); var b = scope.fork(() -> 2); scope.join(); IO.println(a.get() + b.get()); }")

    assert (run.status, run.text()) == ("ok", "42\n")


@pytest.mark.parametrize(
    "assignment", ["fixed = 2;", "fixed++;", "fixed += 1;", "void change() { fixed = 3; }", "Runnable r = () -> fixed = 4;", "class Setter { Setter() { fixed = 5; } }"]
)
def test_a_final_variable_cannot_be_assigned(kernel, assignment):
    told(kernel, "final int fixed = 1;")

    run = kernel.run(assignment)

    assert run.status == "error"
    assert "final" in "\n".join(run.reply["content"]["traceback"])
    assert told(kernel, "fixed") == "1"


def test_a_final_variable_can_be_declared_again(kernel):
    told(kernel, "final int renewed = 1;")

    assert told(kernel, "final int renewed = 2;", "renewed") == "2"


# Whatever kind of declaration stands before what does not compile, it was not made.
UNMADE = {
    "a variable of another type": ("int x = 1;\nx = 77;", 'String x = "a";', "x", "77"),
    "a variable of the same type": ("int x = 1;\nx = 77;", "int x = 5;", "x", "77"),
    "an assignment": ("int x = 77;", "x = 1;", "x", "77"),
    "a method's body": ("int m() { return 77; }", "int m() { return 1; }", "m()", "77"),
    "a method's type": ("int m() { return 77; }", 'String m() { return "a"; }', "m()", "77"),
    "an overload": ("int m(int a) { return 77; }\nint m(long a) { return 78; }", "int m(short a) { return 1; }", "m((short) 1)", "77"),
    "a class": ("class C { int v = 77; }\nC c = new C();", 'class C { String w = "a"; }', "c.v", "77"),
    "a record": ("record R(int v) { }\nR r = new R(77);", "record R(String w) { }", "r.v()", "77"),
    "an enum": ("enum E { A, B }\nE e = E.B;", "enum E { X }", "e == E.B", "true"),
    "an interface": ("interface I { int f(); }\nI i = () -> 77;", "interface I { String g(); }", "i.f()", "77"),
    "a sealed hierarchy": ("sealed interface S permits T { }\nrecord T(int v) implements S { }\nS s = new T(77);", "sealed interface S permits U { }\nrecord U() implements S { }", "((T) s).v()", "77"),
    "an import": ("Object date = new java.util.Date(0);", "import java.sql.*;", "date instanceof Date", "true"),
    "an anonymous class": ("var o = new Object() { int v = 77; };", "var o = new Object() { int w = 1; };", "o.v", "77"),
    "a volatile variable": ("volatile int x = 77;", "int x = 1;", "x", "77"),
    "two variables in one declaration": ("int p = 70, q = 7;", 'String p = "a", q = "b";', "p + q", "77"),
    "a generic method": ("<T> T id(T t) { return t; }", "<T> String id(T t) { return null; }", "id(77)", "77"),
}


@pytest.mark.parametrize("broken", ["undefined();", "int wrong = \"text\";", "return 1 +;"], ids=["unknown name", "wrong type", "no Java"])
@pytest.mark.parametrize("kind", UNMADE)
def test_a_cell_that_does_not_compile_changes_nothing_of(kernel, kind, broken):
    before, changed, asked, value = UNMADE[kind]
    told(kernel, before)

    run = kernel.run(f'System.out.println("ran");\n{changed}\n{broken}')

    assert run.status == "error"
    assert run.text() == ""
    assert told(kernel, asked) == value


@pytest.mark.parametrize("kind", UNMADE)
def test_after_an_exception_midway_what_comes_later_is_as_it_was_before(kernel, kind):
    before, changed, asked, value = UNMADE[kind]
    told(kernel, before + "\nint happened = 0;")

    run = kernel.run(f"happened = 1;\nint broke = happened / (happened - 1);\n{changed}")

    assert run.status == "error"
    assert told(kernel, asked) == value
    assert told(kernel, "happened") == "1"
    assert kernel.run("broke").status == "error"


def test_a_redefinition_that_changes_the_shape_says_which_variables_were_reset(kernel):
    told(kernel, "class Shape { int sides = 3; }\nShape first = new Shape(); Shape second = new Shape(); int other = 5;")

    run = kernel.run("class Shape { int sides = 3; int angle = 60; }")
    said = "\n".join([run.text(), run.text("stderr"), *(c["data"]["text/plain"] for c in run.contents("display_data"))])

    assert run.status == "ok"
    assert "first" in said
    assert "second" in said
    assert "other" not in said
    assert told(kernel, "other") == "5"


def test_a_redefinition_that_changes_only_bodies_says_nothing(kernel):
    told(kernel, "class Quiet { int f() { return 1; } }\nvar quiet = new Quiet();")

    run = kernel.run("class Quiet { int f() { return 2; } }")

    assert run.types == ["busy", "execute_input", "idle"]
    assert told(kernel, "quiet.f()") == "2"


def test_too_large_a_constant_is_refused_and_the_next_cell_compiles(kernel):
    run = kernel.run(f'String large = "{"x" * 70_000}";')

    assert run.status == "error"
    assert told(kernel, "1 + 1") == "2"


def test_deeply_nested_code_neither_ends_the_kernel_nor_the_compiler(kernel):
    kernel.run("int deep = " + "(" * 8_000 + "1" + ")" * 8_000 + ";")

    assert told(kernel, "1 + 1") == "2"
