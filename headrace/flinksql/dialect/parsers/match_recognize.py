"""MATCH_RECOGNIZE."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.tables import TableParser


class MatchRecognizeParser(TableParser):
    """Reads row patterns into a tree."""

    def parse_match_recognize(self, table: exp.Expr) -> exp.Expr:
        """MATCH_RECOGNIZE behind a table."""
        self.expect("MATCH_RECOGNIZE")
        self.left()
        node = fx.RowPattern(this=table)
        if self.word("PARTITION", "BY"):
            node.set("partition_by", self.commas(self.parse_expr))
        if self.at("ORDER", "BY"):
            node.set("order", self.parse_order())
        if self.word("MEASURES"):
            node.set("measures", self.commas(self._measure))
        for words in ("ONE ROW PER MATCH", "ALL ROWS PER MATCH"):
            if self.word(*words.split()):
                node.set("rows", exp.Var(this=words))
        if self.word("AFTER", "MATCH", "SKIP"):
            node.set("after", self._after())
        self.expect("PATTERN")
        self._pattern(node)
        if self.word("WITHIN"):
            node.set("within", self.parse_interval())
        if self.word("SUBSET"):
            node.set("subset", self.commas(self._subset))
        self.expect("DEFINE")
        node.set("define", self.commas(self._definition))
        self.right()
        return node

    def _measure(self) -> exp.Expr:
        value = self.parse_expr()
        self.expect("AS")
        return exp.Alias(this=value, alias=self.name())

    def _after(self) -> exp.Expr:
        if self.word("PAST", "LAST", "ROW"):
            return fx.AfterMatch(this="PAST LAST ROW")
        self.expect("TO")
        if self.word("NEXT", "ROW"):
            return fx.AfterMatch(this="TO NEXT ROW")
        for word in ("FIRST", "LAST"):
            if self.at(word) and self._next.token_type in (TokenType.VAR, TokenType.IDENTIFIER):
                following = self._tokens[self._index + 1]
                if following.token_type == TokenType.IDENTIFIER or following.text.upper() != "PATTERN":
                    self._advance()
                    return fx.AfterMatch(this=f"TO {word}", expression=self.name())
        return fx.AfterMatch(this="TO", expression=self.name())

    def _pattern(self, node: exp.Expr) -> None:
        self.left()
        if self._match(TokenType.CARET):
            node.set("strict_start", True)
        node.set("pattern", self._alternation())
        if self.word("$"):
            node.set("strict_end", True)
        self.right()

    def _alternation(self) -> exp.Expr:
        terms = [self._sequence()]
        while self._match(TokenType.PIPE):
            terms.append(self._sequence())
        return terms[0] if len(terms) == 1 else fx.PatternAlternation(expressions=terms)

    def _sequence(self) -> exp.Expr:
        factors = [self._factor()]
        while (self.at_name() and not self.at("$")) or self.at_type(TokenType.L_PAREN) or self._at_primary():
            factors.append(self._factor())
        return factors[0] if len(factors) == 1 else fx.PatternSequence(expressions=factors)

    def _at_primary(self) -> bool:
        return self.at("PERMUTE") or (self.at_type(TokenType.L_BRACE) and self.at_type(TokenType.DASH, 1))

    def _factor(self) -> exp.Expr:
        node = self._primary()
        quantifier = self._quantifier()
        return fx.PatternQuantifier(this=node, quantifier=quantifier) if quantifier else node

    def _primary(self) -> exp.Expr:
        if self._match(TokenType.L_PAREN):
            inner = self._alternation()
            self.right()
            return exp.Paren(this=inner)
        if self.at_type(TokenType.L_BRACE):
            self._advance(2)
            inner = self._alternation()
            self.expect_type(TokenType.DASH, "-")
            self.expect_type(TokenType.R_BRACE, "}")
            return fx.PatternExclusion(this=inner)
        if self.word("PERMUTE"):
            return fx.PatternPermutation(expressions=self.wrapped(self._alternation))
        return self.name()

    def _quantifier(self) -> str:
        text = ""
        if self._match_set((TokenType.STAR, TokenType.PLUS, TokenType.PLACEHOLDER)):
            text = self._prev.text
        elif self.at_type(TokenType.L_BRACE) and not self.at_type(TokenType.DASH, 1):
            self._advance()
            text = "{"
            while not self.at_type(TokenType.R_BRACE):
                text += "," if self._match(TokenType.COMMA) else self.number().name
            self._advance()
            text += "}"
        if text and self._match(TokenType.PLACEHOLDER):
            text += "?"
        return text

    def _subset(self) -> exp.Expr:
        name = self.name()
        self.expect_type(TokenType.EQ, "=")
        return exp.EQ(this=name, expression=exp.Tuple(expressions=self.wrapped(self.parse_expr)))

    def _definition(self) -> exp.Expr:
        name = self.name()
        self.expect("AS")
        return exp.Alias(this=self.parse_expr(), alias=name)
