"""`make install`."""

from .places import KERNELSPEC
from .setting_up import set_up


def install(_arguments: list[str]) -> int:
    set_up()
    print("The kernel is installed in")
    # Alone on the last line, for scripts.
    print(KERNELSPEC)
    return 0
