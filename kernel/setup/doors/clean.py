"""`make clean`."""

import shutil

from .places import BUILD, PROJECT, RESULTS, STAMPS


def clean(_arguments: list[str]) -> int:
    """Removes what is made here; keeps what was downloaded, the environment and the installed kernel."""
    for made in (
        PROJECT / "target",
        PROJECT / "src" / "target",
        PROJECT / "kernel" / "target",
        BUILD / "notebooks",
        BUILD / "handouts",
        RESULTS,
    ):
        shutil.rmtree(made, ignore_errors=True)
    (STAMPS / "jars").unlink(missing_ok=True)
    return 0
