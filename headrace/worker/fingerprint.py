"""What a worker's process is made of before it runs a line of its own: two that differ in it are no twins.

A worker that is forked has the packages, and the settings that packages read while they are imported, of the process
that it was forked from.
"""

from __future__ import annotations

import hashlib
import os
import site
import sys
from collections.abc import Mapping

# Read by the dynamic linker, the interpreter, mathematics libraries and packages when they are loaded.
_VARIABLES = (
    "LD_", "PYTHON", "LC_", "LANG",
    "OMP_", "GOMP_", "KMP_", "MKL_", "OPENBLAS_", "NUMEXPR_", "DNNL_", "ONEDNN_",
    "FLAGS_", "GLOG_", "PADDLE_", "CUDA_", "NVIDIA_",
    "ARROW_", "JE_ARROW_", "MALLOC_", "GRPC_", "PROTOCOL_BUFFERS_", "TOKENIZERS_", "RAYON_",
)  # fmt: skip
# A worker's path is made for it (headrace/worker/worker.py).
_PER_WORKER = frozenset({"PYTHONPATH"})


def fingerprint(environment: Mapping[str, str]) -> dict[str, str]:
    """What must be equal, by name: interpreter, installed packages, variables of the environment."""
    variables = {
        name: value for name, value in environment.items() if name.startswith(_VARIABLES) and name not in _PER_WORKER
    }
    return {"Python": f"{sys.version} {sys.prefix}", "packages": installed_packages(), **variables}


def installed_packages() -> str:
    """A digest that changes when a package is installed, exchanged or removed."""
    digest = hashlib.sha256()
    for folder in site.getsitepackages():
        # Debian's Python names a folder that a virtual environment does not have.
        if not os.path.isdir(folder):  # noqa: PTH112  (pathlib costs each start 10 ms)
            continue
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".dist-info", ".egg-info", ".pth")):
                    digest.update(f"{entry.path} {entry.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()


def difference(there: Mapping[str, str], here: Mapping[str, str]) -> str:
    """The first thing in which two fingerprints differ, in words; empty when they are equal."""
    for name in sorted(there.keys() | here.keys()):
        if there.get(name) != here.get(name):
            if name == "packages":
                return "other packages are installed than those that it has imported"
            return f"{name} is {there.get(name)!r} there, {here.get(name)!r} here"
    return ""
