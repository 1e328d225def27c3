"""Errors with place, fact and remedy."""

from __future__ import annotations

from typing import NoReturn

from sqlglot import parser
from sqlglot.errors import ParseError
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect.parsers.remedies import (
    STATEMENT_VERBS,
    for_missing_value,
    for_rest,
    for_symbol,
    similar,
)
from headrace.flinksql.dialect.reserved_words import RESERVED_WORDS

# What stands behind a name rather than behind a keyword.
_BEHIND_NAMES = (TokenType.DOT, TokenType.COMMA, TokenType.R_PAREN, TokenType.EQ)


class ErrorParser(parser.Parser):
    """Says what is wrong at the next token."""

    def found(self) -> str:
        """What comes next, for an error."""
        if self._index >= self._tokens_size:
            return "the end"
        start, end = self._curr.start, self._curr.end
        return f"`{self.sql[start : end + 1]}`" if self.sql else f"`{self._curr.text}`"

    def fail(self, message: str) -> NoReturn:
        """Raises an error at the next token, with what was found there."""
        token = self._curr
        remedy = for_symbol(self._symbol())
        if remedy:
            raise self.error(remedy)
        if (
            self._index
            and self._tokens[self._index - 1].token_type == TokenType.COMMA
            and token.token_type == TokenType.R_PAREN
        ):
            raise self.error("Nothing stands between the comma and `)`: take the comma away")
        if token.token_type == TokenType.VAR and token.text.upper() in RESERVED_WORDS:
            raise self.error(f"{message}, found the reserved word `{token.text}`")
        raise self.error(f"{message}, found {self.found()}")

    def fail_reserved(self) -> NoReturn:
        """Raises the error of a reserved word where a name is expected."""
        word = self._curr.text
        raise self.error(f"`{word}` is a reserved word in Flink: write `{word}` in backquotes")

    def fail_value(self) -> NoReturn:
        """Raises the error of a missing value."""
        at_end = self._index >= self._tokens_size
        word = self._curr.text if self._curr.token_type == TokenType.VAR else ""
        if word.upper() in RESERVED_WORDS and self._next.token_type in _BEHIND_NAMES:
            self.fail_reserved()
        if self._index and (word or at_end):
            remedy = for_missing_value(word, self._tokens[self._index - 1].text)
            if remedy:
                raise self.error(remedy)
        if word.upper() in RESERVED_WORDS:
            self.fail_reserved()
        self.fail("Expected an expression")

    def fail_rest(self) -> NoReturn:
        """Raises the error of what follows a statement that is over."""
        word = self._curr.text
        if self._curr.token_type in (TokenType.VAR, TokenType.IDENTIFIER) and self._index:
            before = self._tokens[self._index - 1]
            named = before.token_type in (TokenType.VAR, TokenType.IDENTIFIER)
            verb = similar(before.text, STATEMENT_VERBS) if self._index == 1 else None
            if verb:
                self._retreat(0)
                raise self.error(f"`{before.text}` begins no statement: did you mean {verb}?")
            remedy = for_rest(word, before.text, named) if named else None
            if remedy:
                raise self.error(remedy)
        self.fail("Expected the statement's end")

    def _symbol(self) -> str:
        """The characters at the next token that Flink SQL may not know."""
        token = self._curr
        if (
            token.token_type == TokenType.EQ
            and self._index
            and self._tokens[self._index - 1].token_type == TokenType.EQ
        ):
            return "=="
        if token.token_type in (TokenType.FARROW, TokenType.NEQ):
            return token.text
        return self.sql[token.start : token.start + 1] if self._index < self._tokens_size else ""

    def error(self, message: str) -> ParseError:
        """An error at the next token, or behind the last one."""
        if self._index < self._tokens_size:
            token = self._curr
            start, end = token.start, token.end + 1
        else:
            start = end = self._tokens[-1].end + 1 if self._tokens else 0
        return self.error_at(message, start, end)

    def error_at(self, message: str, start: int, end: int) -> ParseError:
        """An error at a part of the text, from one character to before another."""
        line = self.sql.count("\n", 0, start) + 1
        column = start - (self.sql.rfind("\n", 0, start) + 1) + 1
        return ParseError.new(
            f"{message}. Line {line}, Col: {column}.",
            description=message,
            line=line,
            col=column,
            start_context=self.sql[max(0, start - self.error_message_context) : start],
            highlight=self.sql[start:end],
            end_context=self.sql[end : end + self.error_message_context],
        )
