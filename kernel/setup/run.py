"""The doors of the project: `make` lists them, the Makefile calls them through `door`."""

import sys

from doors import clean, install, lab, test, tools
from doors.trouble import Trouble

DOORS = {
    "lab": lab.open_lab,
    "test": test.test_everything,
    "install": install.install,
    "notebooks": tools.execute_notebooks,
    "handouts": tools.write_handouts,
    "bench": tools.measure,
    "check": tools.check,
    "clean": clean.clean,
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in DOORS:
        print(f"expected one of {', '.join(DOORS)}; found {' '.join(arguments) or 'nothing'}", file=sys.stderr)
        return 2
    try:
        return DOORS[arguments[0]](arguments[1:])
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
