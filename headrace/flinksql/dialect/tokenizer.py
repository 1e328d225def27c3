"""Flink SQL's tokens: words are words, and which of them are keywords is the parser's business.

Calcite's grammar, which is Flink's, tells keywords by their place, and most of them may be names too. So the tokenizer
has no keywords but operators.

>>> import sqlglot
>>> import headrace.flinksql.dialect
>>> [token.text for token in sqlglot.tokenize("SELECT `a` // one", dialect="flink")]
['SELECT', 'a']
"""

from __future__ import annotations

import re
from typing import ClassVar

from sqlglot import tokens
from sqlglot.tokenizer_core import Token, TokenType

# sqlglot reads an exponent without digits, and hexadecimal numbers; Flink reads a number and then a word.
_NUMBER_AND_WORD = re.compile(r"\d(?:\.\d*)?[eE](?![+-]?\d)|0[xX]")
_NUMBER = re.compile(r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?")
_WORD = re.compile(r"[^\W\d][\w$]*")


class FlinkTokenizer(tokens.Tokenizer):
    """Strings in '…', names in `…`, comments --, // and /* … */, hints between /*+ and */."""

    IDENTIFIERS: ClassVar[list[str | tuple[str, str]]] = ["`"]
    IDENTIFIER_ESCAPES: ClassVar[list[str]] = ["`"]
    QUOTES: ClassVar[list[tuple[str, str] | str]] = ["'"]
    STRING_ESCAPES: ClassVar[list[str]] = ["'"]
    HEX_STRINGS: ClassVar[list[str | tuple[str, str]]] = [("x'", "'"), ("X'", "'")]
    UNICODE_STRINGS: ClassVar[list[str | tuple[str, str]]] = [("u&'", "'"), ("U&'", "'")]
    # With a backslash before what must not end it.
    BYTE_STRINGS: ClassVar[list[str | tuple[str, str]]] = [("e'", "'"), ("E'", "'")]
    BYTE_STRING_ESCAPES: ClassVar[list[str]] = ["'", "\\"]
    COMMENTS: ClassVar[list[str | tuple[str, str]]] = ["--", "//", ("/*", "*/")]
    NESTED_COMMENTS = False

    KEYWORDS: ClassVar[dict[str, TokenType]] = {
        "||": TokenType.DPIPE,
        "<=": TokenType.LTE,
        ">=": TokenType.GTE,
        "<>": TokenType.NEQ,
        "!=": TokenType.NEQ,
        "=>": TokenType.FARROW,
        "::": TokenType.DCOLON,
        # A hint's content is parsed like anything else, and so it may not be a comment to the tokenizer.
        "/*+": TokenType.BLOCK_START,
        "*/": TokenType.BLOCK_END,
    }
    COMMANDS: ClassVar[set[TokenType]] = set()
    HINT_START: ClassVar[str] = "no comment is a hint"
    SINGLE_TOKENS: ClassVar[dict[str, TokenType]] = {
        **tokens.Tokenizer.SINGLE_TOKENS,
        "!": TokenType.EXCLAMATION,
        "%": TokenType.MOD,
    }

    def tokenize(self, sql: str) -> list[Token]:
        """The tokens of a text."""
        tokens = super().tokenize(sql)
        return _apart(tokens, sql) if _NUMBER_AND_WORD.search(sql) else tokens


def _apart(tokens: list[Token], sql: str) -> list[Token]:
    """Numbers and the words that follow without a space, as `10except` is 10 and EXCEPT."""
    result: list[Token] = []
    end = -1
    for token in tokens:
        if token.start <= end:
            continue
        number = _NUMBER.match(sql, token.start) if sql[token.start].isdigit() else None
        word = _WORD.match(sql, number.end()) if number else None
        if not number or not word:
            result.append(token)
            continue
        end = word.end() - 1
        column = token.col - (token.end - number.end() + 1)
        result.append(Token(TokenType.NUMBER, number[0], token.line, column, token.start, number.end() - 1))
        result.append(Token(TokenType.VAR, word[0], token.line, token.col, word.start(), end, token.comments))
    return result
