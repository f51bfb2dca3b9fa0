"""Jupyter's own suite for kernels, on the installed one."""

import json
import os
import shutil

import jupyter_kernel_test
import pytest
from kernels import filled, kernelspec, prefix


@pytest.fixture(scope="class", autouse=True)
def installed_under_a_name_of_its_own(request, tmp_path_factory):
    """The suite finds kernels by name only: give it a data folder in which there is just this one."""
    data = tmp_path_factory.mktemp("data")
    spec = kernelspec()
    copy = data / "kernels" / "threadbook-under-test"
    shutil.copytree(spec, copy)
    described = json.loads((copy / "kernel.json").read_text(encoding="utf-8"))
    described["argv"] = [filled(part, {"prefix": str(prefix(spec))}) for part in described["argv"]]
    (copy / "kernel.json").write_text(json.dumps(described), encoding="utf-8")
    before = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = str(data)
    yield
    if before is None:
        del os.environ["JUPYTER_PATH"]
    else:
        os.environ["JUPYTER_PATH"] = before


class TestConformance(jupyter_kernel_test.KernelTests):
    kernel_name = "threadbook-under-test"
    language_name = "Java"
    file_extension = ".jshell"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    completion_samples = [
        {"text": '"abc".subst', "matches": {"substring("}},
        {"text": "java.util.concurrent.CountDown", "matches": {"CountDownLatch"}},
    ]
    complete_code_samples = ["1", "int x = 1;", "int f(int a) { return a; }"]
    incomplete_code_samples = ["void f() {", "int x =", "if (true) {"]
    invalid_code_samples = ["int 1x = );"]
    code_inspect_sample = "String"
    code_generate_error = "int[] none = {}; none[0] = 1;"
    code_execute_result = [{"code": "1 + 2", "result": "3"}, {"code": '"a" + 1', "result": "a1"}]
    code_display_data = [{"code": 'display("shown");', "mime": "text/plain"}]
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")
    support_iopub_welcome = True

    # The pager belongs to IPython, and no function of a cell clears its output yet.
    test_pager = None
    test_clear_output = None
