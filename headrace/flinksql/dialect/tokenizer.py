"""Flink SQL's tokens: words are words, and which of them are keywords is the parser's business.

Calcite's grammar, which is Flink's, tells keywords by their place, and most of them may be names too. So the tokenizer
has no keywords but operators.

>>> import sqlglot
>>> import headrace.flinksql.dialect
>>> [token.text for token in sqlglot.tokenize("SELECT `a` // one", dialect="flink")]
['SELECT', 'a']
"""

from __future__ import annotations

from typing import ClassVar

from sqlglot import tokens
from sqlglot.tokenizer_core import TokenType


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
