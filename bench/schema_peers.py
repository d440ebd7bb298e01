"""Other validators of JSON Schema, where they are installed. NODE_PATH names the folder of npm's packages."""

import os
import pathlib
import shutil
import subprocess
import sys


def _packages():
    return [pathlib.Path(folder) for folder in os.environ.get("NODE_PATH", "").split(os.pathsep) if folder]


def _runs(command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, check=False).returncode == 0


def has_ajv():
    return shutil.which("node") is not None and _runs(["node", "-e", "require('ajv/dist/2020')"])


def has_python_jsonschema():
    return _runs([sys.executable, "-c", "import jsonschema; jsonschema.Draft202012Validator"])


def ajv_cli():
    """The command of ajv-cli, or None."""
    found = shutil.which("ajv", path=os.pathsep.join(str(folder / ".bin") for folder in _packages()))
    return found or shutil.which("ajv")


def sourcemeta():
    """The native program of @sourcemeta/jsonschema, without the script of npm around it; or None."""
    for folder in _packages():
        program = folder / "@sourcemeta/jsonschema/build/github-releases/jsonschema-linux-x86_64"
        if os.access(program, os.X_OK):
            return str(program)
    return None
