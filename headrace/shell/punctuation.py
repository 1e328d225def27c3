"""Punctuation of Chinese keyboards where SQL wants ASCII's."""

from __future__ import annotations

import re

# Flink's parser refuses each of these outside of texts, quoted names and comments: nothing else can be meant.
PLAIN = {
    "，": ",", "；": ";", "（": "(", "）": ")", "．": ".", "＝": "=", "＜": "<", "＞": ">", "＊": "*", "＋": "+",
    "－": "-", "／": "/", "［": "[", "］": "]", "｀": "`", "\u3000": " ", "＇": "'",
}  # fmt: skip
_TOKEN = re.compile(
    r"'(?:[^']|'')*'?|`(?:[^`]|``)*`?|--[^\n]*|//[^\n]*|/\*.*?(?:\*/|$)|(?P<text>[‘’][^‘’'\n]*[‘’]|[“”][^“”'\n]*[“”])|.",
    re.DOTALL,
)


def plain(text: str) -> str:
    """SQL with ASCII's punctuation, character for character; what stands in texts, names and comments stays.

    >>> plain("SELECT sentiment（‘太差了，’） FROM comments；")
    "SELECT sentiment('太差了，') FROM comments;"
    """

    def replaced(token: re.Match[str]) -> str:
        if token["text"]:
            return f"'{token['text'][1:-1]}'"
        return PLAIN.get(token[0], token[0])

    return _TOKEN.sub(replaced, text)


def replaced_characters(text: str) -> str:
    """The characters that `plain` replaces, each once, in the order of their places."""
    pairs = zip(text, plain(text), strict=True)
    return " ".join(dict.fromkeys(before for before, after in pairs if before != after)).replace("\u3000", "␣")
