"""A clean Debian, as its image on a registry is: made by debootstrap."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from headrace.errors import StackError

# What an image of Debian's `slim` variant leaves out.
SLIM = """\
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/groff/*
path-exclude /usr/share/info/*
path-exclude /usr/share/linda/*
path-exclude /usr/share/lintian/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
"""
# How this machine reaches package registries: passed on to the build's steps, and to nothing that stays.
REGISTRY_VARIABLES = (
    "ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "all_proxy", "http_proxy", "https_proxy", "no_proxy",
    "PIP_CERT", "PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "SSL_CERT_FILE",
)  # fmt: skip
LOCAL_AUTHORITIES = Path("/usr/local/share/ca-certificates")


def registry_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Those variables of this process that its package clients need."""
    return {name: environment[name] for name in REGISTRY_VARIABLES if name in environment}


def make_debian(root: Path, suite: str) -> None:
    """Makes a minimal Debian, as small as its `slim` image.

    Args:
        root: folder, which does not exist yet.
        suite: Debian's name of the release, `bookworm`.

    Raises:
        StackError: debootstrap is not installed, or fails.
    """
    if not shutil.which("debootstrap"):
        raise StackError("PATH: there is no `debootstrap`. Install it: apt-get install debootstrap")
    sources = _sources(suite)
    made = root.with_name(f"{root.name}.part")
    shutil.rmtree(made, ignore_errors=True)
    mirror = sources[0].split()[1]
    command = ["debootstrap", "--variant=minbase", suite, str(made), mirror]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if result.returncode:
        tail = "\n".join(result.stdout.splitlines()[-10:])
        raise StackError(f"`{' '.join(command)}` ended with exit status {result.returncode}:\n{tail}\nRun it again.")
    (made / "etc/apt/sources.list").write_text("\n".join(sources) + "\n")
    (made / "etc/dpkg/dpkg.cfg.d/docker").write_text(SLIM)
    for name in ("doc", "groff", "info", "linda", "lintian", "locale", "man"):
        shutil.rmtree(made / "usr/share" / name, ignore_errors=True)
    for folder in ("var/lib/apt/lists", "var/cache/apt/archives"):
        for file in (made / folder).glob("*_*"):
            file.unlink()
    # The machine's own, which debootstrap has copied.
    for name in ("hostname", "resolv.conf"):
        (made / "etc" / name).write_text("")
    (made / "etc/hosts").touch()
    # Authorities of this machine beside Debian's: its ca-certificates takes them from here.
    if LOCAL_AUTHORITIES.exists():
        shutil.copytree(LOCAL_AUTHORITIES, made / LOCAL_AUTHORITIES.relative_to("/"), dirs_exist_ok=True)
    made.rename(root)


def _sources(suite: str) -> list[str]:
    """Lines of sources.list for a suite, with the mirrors of this machine."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Identifier: Packages"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    found = dict.fromkeys(
        f"deb {uri} {release} main" for uri, release in (line.split() for line in answer.splitlines())
        if release.split("-")[0] == suite
    )  # fmt: skip
    lines = sorted(found, key=lambda line: len(line.split()[2]))
    if not lines:
        raise StackError(f"apt-get: this machine has no mirror of Debian {suite}. Run apt-get update.")
    return lines
