"""Two deployments at once: one waits, or leaves with a message."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from headrace.deploy.lock import deployment_lock, deployment_under_way
from headrace.errors import DeployError

HOLD = """
import sys
from pathlib import Path
from headrace.deploy.lock import deployment_lock
with deployment_lock(Path(sys.argv[1]), 0):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(folder: Path) -> subprocess.Popen[str]:
    """A process that holds the lock until its input ends."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    return holder


def test_the_second_one_leaves_and_names_the_first(tmp_path: Path) -> None:
    holder = hold(tmp_path)
    try:
        with (
            pytest.raises(DeployError, match=rf"process {holder.pid}, since .* is under way"),
            deployment_lock(tmp_path, 0),
        ):
            pass
    finally:
        holder.communicate()


def test_a_plan_tells_who_is_deploying(tmp_path: Path) -> None:
    assert deployment_under_way(tmp_path / "none") is None
    holder = hold(tmp_path)
    try:
        assert f"process {holder.pid}" in str(deployment_under_way(tmp_path))
    finally:
        holder.communicate()
    assert deployment_under_way(tmp_path) is None


def test_the_second_one_waits(tmp_path: Path) -> None:
    holder = hold(tmp_path)
    assert holder.stdin
    holder.stdin.close()
    with deployment_lock(tmp_path, 30):
        pass
    holder.wait()


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    holder = hold(tmp_path)
    holder.kill()
    holder.wait()
    with deployment_lock(tmp_path, 5):
        pass
