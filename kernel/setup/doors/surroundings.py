"""The environment variables that everything we start runs with."""

import functools
import os
import subprocess
import sys

from .places import CACHE, ENVIRONMENT, JUPYTER

# Would lead Python or Jupyter out of the project's environment.
STRANGERS = (
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "JUPYTER_PATH",
    "JUPYTER_CONFIG_PATH",
    "JUPYTER_NO_CONFIG",
    "JUPYTERLAB_DIR",
)


@functools.cache
def base() -> dict[str, str]:
    """Jupyter's folders and the caches lie in build/: nothing is written to the home folder."""
    variables = {name: value for name, value in os.environ.items() if name not in STRANGERS}
    variables |= {
        "PATH": f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONNOUSERSITE": "1",
        "PYTHONUTF8": "1",
        "PIP_CACHE_DIR": str(CACHE / "pip"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "npm_config_cache": str(CACHE / "npm"),
        "npm_config_update_notifier": "false",
        "CONDA_PKGS_DIRS": str(CACHE / "conda"),
        "CONDA_REGISTER_ENVS": "false",
        # Not by --yes, which not every version of every one of them knows.
        "CONDA_ALWAYS_YES": "true",
        "MAMBA_ALWAYS_YES": "true",
        "MAMBA_ROOT_PREFIX": os.environ.get("MAMBA_ROOT_PREFIX", str(CACHE / "mamba")),
        "IPYTHONDIR": str(JUPYTER / "ipython"),
        "JUPYTER_CONFIG_DIR": str(JUPYTER / "config"),
        "JUPYTER_DATA_DIR": str(JUPYTER / "data"),
        "JUPYTER_RUNTIME_DIR": str(JUPYTER / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(JUPYTER / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(JUPYTER / "workspaces"),
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
    if not locale_is_utf8():
        # Java reads the names of files in the locale's encoding.
        variables["LC_ALL"] = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    return variables


def with_jdk(java_home: str) -> dict[str, str]:
    return base() | {"JAVA_HOME": java_home}


def without_server() -> dict[str, str]:
    """For kernels that no Jupyter server stands before: nothing limits what they may send in a second."""
    return base() | {"THREADBOOK_IOPUB_RATE": "unlimited"}


def locale_is_utf8() -> bool:
    # Asked of the C library: a variable may name a locale that is not installed.
    try:
        found = subprocess.run(["locale", "charmap"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return False
    return found.stdout.strip() == "UTF-8"
