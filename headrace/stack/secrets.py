"""Passwords of the local stack: made at the first start, readable by their owner alone, never in the repository."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from headrace.settings import Settings


def password_file(settings: Settings, name: str) -> Path:
    """The file that holds the password of this name; made with a random one where it does not exist."""
    file = settings.stack / "secrets" / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(24))
    return file


def password(settings: Settings, name: str) -> str:
    """The password of this name."""
    return password_file(settings, name).read_text()
