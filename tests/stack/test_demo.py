"""The demo's path: real reviews in, features out, checked by the demo itself against plain Python."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable

from headrace.stack.stack import Stack


def test_demo(deployed: Stack, headrace: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    result = headrace("demo", "--comments", "900")
    assert result.returncode == 0, result.stdout + result.stderr
    last = result.stdout.splitlines()[-1]
    assert re.fullmatch(r"demo: ok, \d+ comments, \d+ features, p50 \d+ ms, p99 \d+ ms", last)
    assert "comments_dead_letters" in result.stdout
    # The stack was up before, and stays.
    assert deployed.is_up()
