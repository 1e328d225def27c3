"""What a person sees of a deployment in Kubernetes: words, though the Job logs JSON lines."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from headrace.logs.relay import Stream
from headrace.settings import PROJECT

KUBECTL = """#!/bin/sh
case "$*" in
  *"get deployment"*) echo headrace:v1 ;;
  kustomize*) echo "image: headrace:local" ;;
  apply*) cat > "$APPLIED" ;;
  *logs*) cat "$LOG" ;;
esac
"""


def test_messages_are_shown_as_words(tmp_path: Path) -> None:
    kubectl = tmp_path / "kubectl"
    kubectl.write_text(KUBECTL)
    kubectl.chmod(0o755)
    log, applied = tmp_path / "log", tmp_path / "applied"
    with log.open("wb") as out:
        stream = Stream("stdout", "INFO", out.write)
        stream.feed('job "comments": runs \\ 中文\n  from its savepoint\n'.encode())
        stream.end()
        out.write(b"no JSON line\n")
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "LOG": str(log), "APPLIED": str(applied)}
    shown = subprocess.run(
        [PROJECT / "ops" / "k8s" / "deploy.sh"], capture_output=True, text=True, check=True, env=environment
    )
    assert shown.stdout.splitlines() == ['job "comments": runs \\ 中文', "  from its savepoint", "no JSON line"]
    assert applied.read_text() == "image: headrace:v1\n"
