"""The whole set-up: from a fresh clone, or from whatever is there already, to an installed kernel."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from . import browser_scripts, environment, installation, jdk, maven
from .jdk import Jdk
from .step import one_at_a_time


@dataclass(frozen=True)
class Ready:
    """A kernel that is installed, and the JDK that it runs on."""

    jdk: Jdk


def set_up(*, verify: bool = False) -> Ready:
    """Does what is missing; with `verify` Maven's tests and checks run too, always.

    When all holds this takes a fraction of a second and no network.
    """
    with one_at_a_time():
        if environment.conda():
            # JDK and Maven may come with it.
            environment.make()
        found = jdk.find()
        maven.find()
        # pip waits for the network, javac for the processor: together.
        with ThreadPoolExecutor(max_workers=1) as other:
            python = other.submit(prepare_python)
            if verify:
                maven.verify(found)
            else:
                maven.build_jars(found)
            python.result()
        installation.make(found)
    return Ready(found)


def prepare_python() -> None:
    environment.make()
    browser_scripts.fetch()
