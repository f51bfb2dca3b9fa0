"""A step of the set-up is done once, and again only when what it depends on has changed."""

import contextlib
import fcntl
import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from .places import BUILD, PROJECT, STAMPS


def once(name: str, depends_on: Iterable[Path | str], gives: Iterable[Path], make: Callable[[], None]) -> bool:
    """Calls `make` unless `name` holds already; tells whether it was called.

    A step holds when everything it `gives` exists and its stamp carries the fingerprint of what it
    `depends_on`: files and folders by their content, strings by themselves.
    """
    fingerprint = fingerprint_of(depends_on)
    stamp = STAMPS / name
    if all(path.exists() for path in gives) and stamp.exists() and stamp.read_text() == fingerprint:
        return False
    stamp.unlink(missing_ok=True)
    make()
    hold(name, fingerprint)
    return True


def holds(name: str, depends_on: Iterable[Path | str]) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == fingerprint_of(depends_on)


def hold(name: str, fingerprint: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(fingerprint)


def fingerprint_of(parts: Iterable[Path | str]) -> str:
    # The project's own place is a part of everything: environments and the kernelspec hold absolute paths.
    sha = hashlib.sha256(str(PROJECT).encode())
    for part in parts:
        if isinstance(part, str):
            sha.update(b"\0string\0" + part.encode())
            continue
        for file in [part] if part.is_file() else sorted(path for path in part.rglob("*") if path.is_file()):
            if "__pycache__" not in file.parts:
                sha.update(b"\0file\0" + str(file).encode() + b"\0" + file.read_bytes())
    return sha.hexdigest()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two doors opened at once set up one after the other."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up of this folder …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
