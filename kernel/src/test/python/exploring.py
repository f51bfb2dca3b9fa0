#!/usr/bin/env python3
"""How many schedules of a program the library explores in a second, and how many it need not run.

ExploreBench does the measuring; it is compiled against the installed library.
"""

import os
import subprocess
import sys
import tempfile

from kernels import PROJECT, kernelspec, prefix
from weaving import java

SOURCES = PROJECT / "src" / "test" / "java" / "threadbook" / "lab" / "explore"


def main() -> int:
    share = prefix(kernelspec()) / "share" / "threadbook"
    jars = str(share / "lib" / "*")
    sources = [SOURCES / f"{name}.java" for name in ("ExploreBench", "ExploredLoader", "Programs")]
    jvm = (share / "jvm.options").read_text(encoding="utf-8").split()
    with tempfile.TemporaryDirectory(prefix="threadbook-bench-") as folder:
        subprocess.run([java("javac"), "-proc:none", "-nowarn", "-g", "-cp", jars, "-d", folder, *sources], check=True)
        path = os.pathsep.join([folder, jars])
        return subprocess.run([java("java"), *jvm, "-cp", path, "threadbook.lab.explore.ExploreBench"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
