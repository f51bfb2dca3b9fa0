"""AOT caches of the kernel's JVM and of those for lambdas: classes as a training run left them, ready at the next start."""

import subprocess
import sys
from pathlib import Path

from . import surroundings
from .jdk import Jdk
from .places import BUILD, PYTHON, SETUP_SOURCES, SHARE
from .step import once

CACHE = SHARE / "kernel.aot"
CHILDREN = SHARE / "children.aot"
TRAINING = SETUP_SOURCES / "train.py"


def make(jdk: Jdk, environment_stamp: str) -> bool:
    """Trains when jars, options, JDK or environment have changed. Without a cache the kernel starts too, but slower."""

    def train() -> None:
        for cache in (CACHE, CHILDREN):
            cache.unlink(missing_ok=True)
        print("Training the kernel's start …", flush=True)
        log = BUILD / "training.log"
        with log.open("w") as sink:
            trained = subprocess.run(
                [PYTHON, TRAINING, CACHE, CHILDREN, *command(jdk)],
                env=surroundings.without_server(),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                check=False,
            )
        if trained.returncode != 0 or not CACHE.exists() or not CHILDREN.exists():
            print(f"The training run failed ({log}); the kernel, or its processes, will start more slowly.", file=sys.stderr)

    # The cache itself is not demanded: where the training fails it would be tried at every door.
    installed = [SHARE / "lib", SHARE / "class-path", SHARE / "jvm.options", environment_stamp]
    return once("aot", [*installed, TRAINING, jdk_build(jdk)], [], train)


def command(jdk: Jdk) -> list[str]:
    """How the launcher starts the JVM: the cache holds for the same class path and options only."""
    jars = (SHARE / "class-path").read_text(encoding="utf-8").splitlines()
    class_path = ":".join(str(SHARE / "lib" / jar) for jar in jars)
    return [str(jdk.home / "bin" / "java"), f"@{SHARE / 'jvm.options'}", "-cp", class_path, "threadbook.kernel.Main"]


def jdk_build(jdk: Jdk) -> str:
    release = Path(jdk.home, "release")
    return release.read_text(encoding="utf-8", errors="replace") if release.exists() else str(jdk)
