"""Characters that Flink SQL has no use for outside strings, quoted names and comments.

Flink's grammar takes letters of many scripts in a name, Chinese ones too, but no other punctuation or space than
ASCII's. What an input method or a word processor writes instead looks the same: the remedy says what to write.
"""

from __future__ import annotations

import re
import unicodedata

from sqlglot.tokenizer_core import Token, TokenType

# LETTER and DIGIT of Flink's grammar (Calcite's Parser.jj), and ASCII's printable characters and spaces.
_FOREIGN = re.compile(
    "[^\t\n\f\r\x20-\x7e"
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u3040-\u318f\u3300-\u337f\u3400-\u3d2d\u4e00-\u9fff\uf900-\ufaff]"
)
_COMMENT = re.compile(r"--[^\n]*|//[^\n]*|/\*(?!\+).*?\*/", re.DOTALL)
_QUOTED = (
    *(TokenType.STRING, TokenType.IDENTIFIER, TokenType.NATIONAL_STRING, TokenType.UNICODE_STRING),
    *(TokenType.HEX_STRING, TokenType.BYTE_STRING),
)
# Those that Unicode's compatibility forms do not lead back to ASCII.
_ASCII = {"。": ".", "、": ",", "【": "[", "】": "]", "《": "<", "》": ">", "—": "-", "–": "-", "−": "-"}
_DOUBLE_QUOTES = "“”„«»「」『』＂"
_SINGLE_QUOTES = "‘’‚′´＇"


def foreign_character(tokens: list[Token], sql: str) -> int | None:
    """Where the first such character stands in a text, from 0 on."""
    if not _FOREIGN.search(sql):
        return None
    end = 0
    for start, stop, quoted in [*((t.start, t.end + 1, t.token_type in _QUOTED) for t in tokens), (len(sql), 0, True)]:
        # Comments are between tokens; they are blanked out, so that places stay.
        text = _COMMENT.sub(lambda comment: " " * len(comment[0]), sql[end:start]) if start > end else ""
        found = _FOREIGN.search(text)
        if found:
            return end + found.start()
        found = None if quoted else _FOREIGN.search(sql, start, stop)
        if found:
            return found.start()
        end = max(end, stop)
    return None


def remedy_for(character: str) -> str:
    """What to write instead.

    >>> remedy_for("，")
    '`，` is no ASCII comma: write `,`'
    """
    if character in _DOUBLE_QUOTES or character in _SINGLE_QUOTES:
        return f"`{character}` is no quotation mark of SQL: write strings in '…' and names in `…`"
    point = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "a control character").lower()
    if character.isspace() or unicodedata.category(character) in ("Zs", "Cf"):
        return f"{point} ({name}) is no space of SQL: write a plain space"
    plain = _ASCII.get(character) or unicodedata.normalize("NFKC", character)
    if len(plain) == 1 and plain.isascii() and plain.isprintable():
        return f"`{character}` is no ASCII {unicodedata.name(plain).lower()}: write `{plain}`"
    return f"{point} ({name}) belongs into strings, comments and names in backquotes"
