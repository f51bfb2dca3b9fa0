"""`make test`."""

import subprocess
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from . import chromium, surroundings
from .places import BUILD, NOTEBOOK_TOOLS, PROJECT, PYTHON, PYTHON_TESTS, RESULTS
from .setting_up import set_up
from .tools import run


def test_everything(arguments: list[str]) -> int:
    """Maven's tests and checks, then the installed kernel from outside, then the lessons.

    Arguments go to pytest. The last line says what this machine could not test.
    """
    ready = set_up(verify=True)
    RESULTS.mkdir(parents=True, exist_ok=True)
    report = RESULTS / "python.xml"
    report.unlink(missing_ok=True)
    failures = []
    pytest = [PYTHON, "-m", "pytest", "-rs", f"--junitxml={report}", PYTHON_TESTS, *arguments]
    browser = chromium.find()
    # Chromium keeps its crash reports and caches where these say, not in the home folder.
    variables = surroundings.with_jdk(str(ready.jdk.home)) | {
        "XDG_CONFIG_HOME": str(BUILD / "browser" / "config"),
        "XDG_CACHE_HOME": str(BUILD / "browser" / "cache"),
    }
    if browser:
        variables["THREADBOOK_CHROMIUM"] = browser
    if subprocess.run(pytest, cwd=PROJECT, env=variables, check=False).returncode != 0:
        failures.append("the installed kernel (pytest)")
    for tool, what in (("check.py", "what lessons owe"), ("run.py", "the lessons, executed")):
        if run(NOTEBOOK_TOOLS / tool, []) != 0:
            failures.append(f"{what} (notebooks/.tools/{tool})")
    print(f"\n{counts('Java', java_reports())}\n{counts('Python', [report])}")
    if failures:
        print(f"Failed: {', '.join(failures)}.")
    print(not_tested([*java_reports(), report]))
    return 1 if failures else 0


def java_reports() -> list[Path]:
    modules = (PROJECT / "src", PROJECT / "kernel")
    return [report for module in modules for report in sorted(module.glob("target/surefire-reports/TEST-*.xml"))]


def counts(runner: str, reports: list[Path]) -> str:
    endings = Counter(ending(case) for case in cases(reports))
    return f"{runner}: {endings['passed']} passed, {endings['failed']} failed, {endings['skipped']} skipped"


def ending(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "passed" if case.find("skipped") is None else "skipped"


def cases(reports: list[Path]) -> list[ElementTree.Element]:
    return [case for report in reports if report.exists() for case in ElementTree.parse(report).iter("testcase")]


def not_tested(reports: list[Path]) -> str:
    """The reasons that skipped tests give, each once."""
    reasons = Counter(
        skipped.get("message") or "no reason given"
        for case in cases(reports)
        if (skipped := case.find("skipped")) is not None
    )
    if not reasons:
        return "Not tested here: nothing; all that there is was tested."
    said = [f"{reason} ({tests} test{'s' if tests > 1 else ''})" for reason, tests in reasons.items()]
    return f"Not tested here: {'; '.join(said)}"
