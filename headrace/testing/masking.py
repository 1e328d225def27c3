"""Replaces personal data in recorded messages."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from typing import Any

from headrace.testing.messages import Message

_MASKED = re.compile(r"m-[0-9a-f]{8}")


class Mask:
    """Replaces the values of JSON fields, at any depth; equal values stay equal, and no other byte changes.

    What cannot be masked, such as a message that is no JSON object or a field that holds one, is left out.
    """

    def __init__(self, fields: Sequence[str]) -> None:
        """Args: the names of the fields."""
        self.fields = tuple(fields)
        self.found: set[str] = set()
        self.left_out = 0
        self._key = secrets.token_bytes(16)  # so that nobody finds a value by trying
        names = "|".join(re.escape(json.dumps(field, ensure_ascii=False)) for field in fields)
        self._pattern = re.compile(rf'((?:{names})\s*:\s*)("(?:[^"\\]|\\.)*"|-?[\d.eE+-]+)') if fields else None

    def last(self, messages: Sequence[Message], number: int) -> list[Message]:
        """The last messages with masked values, those that cannot be masked not counted."""
        return [*islice(filter(None, map(self._message, reversed(messages))), number)][::-1]

    def rows(self, rows: Sequence[str]) -> list[str]:
        """Rows as JSON with masked values, without those that cannot be masked."""
        return [masked for row in rows if (masked := self.text(row)) is not None]

    def text(self, text: str) -> str | None:
        """JSON with masked values: `m-` and eight hexadecimal digits. None, and counted, if a value withstands."""
        if not self._pattern:
            return text
        masked = self._pattern.sub(self._masked, text)
        left = [value for name, value in _fields(json.loads(masked)) if name in self.fields]
        if all(value is None or (isinstance(value, str) and _MASKED.fullmatch(value)) for value in left):
            return masked
        self.left_out += 1
        return None

    def _message(self, message: Message) -> Message | None:
        if not self._pattern:
            return message
        if message.value is None or message.fields() is None:
            self.left_out += 1
            return None
        text = self.text(message.value.decode())
        return None if text is None else replace(message, value=text.encode())

    def _masked(self, match: re.Match[str]) -> str:
        self.found.add(json.loads(match.group(1).rstrip().removesuffix(":").rstrip()))
        digest = blake2b(match.group(2).encode(), digest_size=4, key=self._key).hexdigest()
        return f'{match.group(1)}"m-{digest}"'


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _fields(inner)
