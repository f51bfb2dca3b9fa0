"""Where things lie. Everything that is made lies in build/ or in Maven's target folders."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
BUILD = PROJECT / "build"

ENVIRONMENT = BUILD / "env"
PYTHON = ENVIRONMENT / "bin" / "python"
SHARE = ENVIRONMENT / "share" / "threadbook"
KERNELSPEC = ENVIRONMENT / "share" / "jupyter" / "kernels" / "java"
HANDOUT_TEMPLATE = ENVIRONMENT / "share" / "jupyter" / "nbconvert" / "templates" / "handout"
SETTINGS = ENVIRONMENT / "etc" / "jupyter"

STAMPS = BUILD / "stamps"
CACHE = BUILD / "cache"
BROWSER_SCRIPTS = BUILD / "browser-scripts"
JUPYTER = BUILD / "jupyter"
RESULTS = BUILD / "test-results"

NOTEBOOKS = PROJECT / "notebooks"
NOTEBOOK_TOOLS = NOTEBOOKS / ".tools"
PYTHON_TESTS = PROJECT / "kernel" / "src" / "test" / "python"
JUPYTER_SOURCES = PROJECT / "kernel" / "jupyter"
SETUP_SOURCES = PROJECT / "kernel" / "setup"
KERNEL_TARGET = PROJECT / "kernel" / "target"
