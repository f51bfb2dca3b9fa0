"""A cell may change whatever belongs to the whole JVM: the cells behind it are run, shown and left as before."""

import re

import pytest
from kernels import Kernel

MISCHIEF = {
    "another time zone": 'TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));',
    "another locale": 'Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));',
    "a locale whose letters differ": 'Locale.setDefault(Locale.forLanguageTag("tr-TR"));',
    "no system properties": "System.setProperties(new Properties());",
    "odd system properties": 'for (var name : List.of("line.separator", "file.encoding", "java.io.tmpdir", "user.dir", "java.home", "java.class.path", "native.encoding", "stdout.encoding")) System.setProperty(name, "nonsense");',
    "null as the streams": "System.setOut(null); System.setErr(null); System.setIn(null);",
    "streams that throw": 'var bad = new PrintStream(OutputStream.nullOutputStream()) { @Override public void write(byte[] b, int o, int l) { throw new IllegalStateException("bad"); } }; System.setOut(bad); System.setErr(bad);',
    "closed streams": "System.out.close(); System.err.close();",
    "a handler that never returns": "Thread.setDefaultUncaughtExceptionHandler((t, e) -> { while (true) { } });",
    "a handler that throws": 'Thread.setDefaultUncaughtExceptionHandler((t, e) -> { throw new IllegalStateException("handler"); });',
    "every thread interrupted": "for (var t : Thread.getAllStackTraces().keySet()) if (t != Thread.currentThread()) t.interrupt();",
    "every group interrupted": "var group = Thread.currentThread().getThreadGroup(); while (group != null) { group.interrupt(); group = group.getParent(); } Thread.interrupted();",
    "every thread renamed": 'for (var t : Thread.getAllStackTraces().keySet()) t.setName("me");',
    "every thread the least important": "for (var t : Thread.getAllStackTraces().keySet()) t.setPriority(1);",
    "every thread without a class loader": "for (var t : Thread.getAllStackTraces().keySet()) t.setContextClassLoader(null);",
    "every thread with a handler of the cell's": "for (var t : Thread.getAllStackTraces().keySet()) t.setUncaughtExceptionHandler((x, e) -> { while (true) { } });",
    "no security providers": "for (var p : java.security.Security.getProviders()) java.security.Security.removeProvider(p.getName());",
    "no management beans": "var server = java.lang.management.ManagementFactory.getPlatformMBeanServer(); for (var name : server.queryNames(null, null)) try { server.unregisterMBean(name); } catch (Exception e) { }",
    "no logging": "java.util.logging.LogManager.getLogManager().reset();",
    "other defaults of the network": "java.net.ProxySelector.setDefault(null); java.net.Authenticator.setDefault(null); java.net.URL.setURLStreamHandlerFactory(p -> null);",
    "the common pool told to end": "ForkJoinPool.commonPool().shutdownNow();",
    "assertions everywhere": "ClassLoader.getSystemClassLoader().setDefaultAssertionStatus(true);",
    "the finalizer's thread ended": 'for (var t : Thread.getAllStackTraces().keySet()) if (t.getName().equals("Finalizer")) t.interrupt();',
}

# Whatever the locale, numbers and words are those of any other day.
PLAIN = re.compile(r"cell \d+, line \d+", re.ASCII)


def reply_of(kernel: Kernel, kind: str, content: dict) -> dict:
    return kernel.request(kind, content).reply["content"]


def error_of(run) -> str:
    [error] = run.contents("error")
    return "\n".join(error["traceback"])


@pytest.mark.parametrize("code", MISCHIEF.values(), ids=MISCHIEF)
def test_mischief_harms_no_cell_behind_it(code):
    with Kernel() as kernel:
        kernel.run("int kept = 41;")
        kernel.run(code)

        assert kernel.run('System.out.println("told"); kept + 1').text() == "told\n"
        assert kernel.run("kept + 1").result == "42"
        assert kernel.run('System.err.print("warned");').text("stderr") == "warned"
        assert kernel.run("record Point(int x, int y) { } new Point(1, 2)").result == "Point[x=1, y=2]"

        threw = kernel.run('int beneath() {\n    throw new IllegalStateException("on purpose");\n}\nbeneath();')
        assert "on purpose" in error_of(threw)
        assert PLAIN.search(error_of(threw)), error_of(threw)
        rejected = kernel.run("int wrong = missing;")
        assert "missing" in error_of(rejected)

        late = kernel.run('Thread.ofPlatform().start(() -> IO.println("late")).join();')
        assert late.text() == "late\n"

        if "andler" not in code:
            uncaught = kernel.run('Thread.ofPlatform().start(() -> { throw new IllegalStateException("nobody"); }).join();')
            kernel.until(lambda: "nobody" in uncaught.text("stderr"))
            assert PLAIN.search(uncaught.text("stderr"))

        run = kernel.submit('{ IO.println("begins"); while (true) { } }')  # one snippet: no class is loaded in between
        kernel.until(lambda: run.text())
        kernel.interrupt()
        kernel.until(lambda: run.done)
        assert PLAIN.search(error_of(run)), error_of(run)

        assert kernel.run("kept + 1").result == "42"
        assert "println(" in reply_of(kernel, "complete_request", {"code": "IO.pri", "cursor_pos": 6})["matches"]
        assert reply_of(kernel, "is_complete_request", {"code": "while (true) {"})["status"] == "incomplete"
        assert kernel.heartbeat()
        kernel.request("shutdown_request", {"restart": False}, "control")
        kernel.process.wait(timeout=5)
