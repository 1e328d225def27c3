"""Words, names, lists and errors: what every other part of the parser reads with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlglot import exp
from sqlglot.errors import ErrorLevel, ParseError
from sqlglot.tokenizer_core import Token, TokenType

from headrace.flinksql.dialect.parsers.errors import ErrorParser
from headrace.flinksql.dialect.reserved_words import RESERVED_WORDS

T = TypeVar("T")


class WordParser(ErrorParser):
    """Reads words by their text, since which of them is a keyword depends on the place."""

    def parse_expr(self) -> exp.Expr:
        """Any expression; a subquery needs its parentheses."""
        raise NotImplementedError

    def parse_query(self) -> exp.Expr:
        """A query with WITH, set operations, ORDER BY and LIMIT."""
        raise NotImplementedError

    def parse_type(self) -> exp.DataType:
        """A type, without NULL or NOT NULL behind it."""
        raise NotImplementedError

    # Words.

    def at(self, *words: str) -> bool:
        """Whether these words come next."""
        index = self._index
        tokens = self._tokens
        if index + len(words) > self._tokens_size:
            return False
        for offset, word in enumerate(words):
            token = tokens[index + offset]
            if token.token_type != TokenType.VAR or token.text.upper() != word:
                return False
        return True

    def at_any(self, *words: str) -> bool:
        """Whether one of these words comes next."""
        return self._curr.token_type == TokenType.VAR and self._curr.text.upper() in words

    def word(self, *words: str) -> bool:
        """Reads these words, if they come next."""
        if self.at(*words):
            self._advance(len(words))
            return True
        return False

    def one_of(self, *words: str) -> str | None:
        """Reads one of these words and returns it in capitals, if one comes next."""
        if self.at_any(*words):
            self._advance()
            return self._prev.text.upper()
        return None

    def expect(self, *words: str) -> None:
        """Reads these words."""
        for word in words:
            if not self.word(word):
                self.fail(f"Expected {' '.join(words)}")

    def expect_one_of(self, *words: str) -> str:
        """Reads one of these words and returns it in capitals."""
        return self.one_of(*words) or self.fail(f"Expected {' or '.join(words)}")

    # Symbols.

    def at_type(self, token_type: TokenType, offset: int = 0) -> bool:
        """Whether a token of this type comes next, or so many later."""
        index = self._index + offset
        return index < self._tokens_size and self._tokens[index].token_type == token_type

    def expect_type(self, token_type: TokenType, text: str) -> None:
        """Reads a token of this type."""
        if not self._match(token_type):
            self.fail(f"Expected {text}")

    def left(self) -> None:
        """Reads (."""
        self.expect_type(TokenType.L_PAREN, "(")

    def right(self) -> None:
        """Reads )."""
        self.expect_type(TokenType.R_PAREN, ")")

    def commas(self, parse: Callable[[], T]) -> list[T]:
        """Reads one or more, with commas between them."""
        items = [parse()]
        while self._match(TokenType.COMMA):
            items.append(parse())
        return items

    def wrapped(self, parse: Callable[[], T]) -> list[T]:
        """Reads one or more with commas between them, in parentheses."""
        self.left()
        items = self.commas(parse)
        self._right_or_comma()
        return items

    def wrapped_or_empty(self, parse: Callable[[], T]) -> list[T]:
        """Reads any number with commas between them, in parentheses."""
        self.left()
        if self._match(TokenType.R_PAREN):
            return []
        items = self.commas(parse)
        self._right_or_comma()
        return items

    def _right_or_comma(self) -> None:
        self.expect_type(TokenType.R_PAREN, "a comma or )")

    def attempt(self, parse: Callable[[], T]) -> T | None:
        """Reads with a method if it can, and reads nothing if it cannot."""
        index = self._index
        level, self.error_level = self.error_level, ErrorLevel.IMMEDIATE
        try:
            return parse()
        except ParseError:
            self._retreat(index)
            return None
        finally:
            self.error_level = level

    # Names.

    def at_name(self) -> bool:
        """Whether a name comes next."""
        kind = self._curr.token_type
        return kind == TokenType.IDENTIFIER or (kind == TokenType.VAR and self._curr.text.upper() not in RESERVED_WORDS)

    def name(self) -> exp.Identifier:
        """An identifier, in backquotes or not a reserved word."""
        token = self._curr
        if not self.at_name():
            if token.token_type == TokenType.VAR:
                self.fail_reserved()
            self.fail("Expected a name")
        self._advance()
        return self.identifier(token)

    def identifier(self, token: Token) -> exp.Identifier:
        """The identifier of a token, with its place."""
        node = exp.Identifier(this=token.text, quoted=token.token_type == TokenType.IDENTIFIER)
        return self.expression(node, token)

    def names(self) -> list[exp.Identifier]:
        """Identifiers with dots between them."""
        parts = [self.name()]
        while self.at_type(TokenType.DOT) and not self.at_type(TokenType.STAR, 1):
            self._advance()
            parts.append(self.name())
        return parts

    def wrapped_names(self) -> list[exp.Identifier]:
        """Identifiers with commas between them, in parentheses."""
        return self.wrapped(self.name)

    def path(self) -> exp.Expr:
        """A name that may have dots: an Identifier, or a Dot of several."""
        return dotted(self.names())

    def table_name(self) -> exp.Table:
        """A table's or another object's name."""
        return table_of(self.names())

    def string(self) -> exp.Literal:
        """A plain string."""
        if not self._match(TokenType.STRING):
            self.fail("Expected a string in '…'")
        return self.expression(exp.Literal.string(self._prev.text), self._prev)

    def number(self) -> exp.Literal:
        """A plain number."""
        if not self._match(TokenType.NUMBER):
            self.fail("Expected a number")
        return self.expression(exp.Literal(this=self._prev.text, is_string=False), self._prev)


def dotted(names: list[exp.Identifier]) -> exp.Expr:
    """An Identifier, or a Dot of several."""
    node: exp.Expr = names[0]
    for name in names[1:]:
        node = exp.Dot(this=node, expression=name)
    return node


def table_of(names: list[exp.Identifier]) -> exp.Table:
    """A Table with database and catalog; what is behind the third dot stays with its name."""
    if len(names) > 3:
        return exp.Table(this=dotted(names[2:]), db=names[1], catalog=names[0])
    parts: list[exp.Identifier | None] = [None] * (3 - len(names)) + list(names)
    return exp.Table(this=parts[2], db=parts[1], catalog=parts[0])


def column_of(names: list[exp.Identifier]) -> exp.Expr:
    """A Column of up to four parts; what is behind is a Dot."""
    head, rest = names[:4], names[4:]
    parts: list[exp.Identifier | None] = [None] * (4 - len(head)) + list(head)
    node: exp.Expr = exp.Column(this=parts[3], table=parts[2], db=parts[1], catalog=parts[0])
    for name in rest:
        node = exp.Dot(this=node, expression=name)
    return node
