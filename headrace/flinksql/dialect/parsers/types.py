"""Data types."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.parsers.literals import LiteralParser
from headrace.flinksql.dialect.parsers.remedies import similar
from headrace.flinksql.dialect.parsers.words import table_of

D = exp.DataType.Type
# Names of one meaning have one type: Flink's tree does not tell them apart.
_PLAIN = {
    "BOOLEAN": D.BOOLEAN,
    "INTEGER": D.INT,
    "INT": D.INT,
    "TINYINT": D.TINYINT,
    "SMALLINT": D.SMALLINT,
    "BIGINT": D.BIGINT,
    "DATE": D.DATE,
    "GEOMETRY": D.GEOMETRY,
    "BITMAP": D.USERDEFINED,
    "VARIANT": D.VARIANT,
    "STRING": D.TEXT,
    "BYTES": D.VARBINARY,
    "REAL": D.FLOAT,
    "FLOAT": D.FLOAT,
}
_SIZED = {
    "BINARY": D.BINARY,
    "VARBINARY": D.VARBINARY,
    "DECIMAL": D.DECIMAL,
    "DEC": D.DECIMAL,
    "NUMERIC": D.DECIMAL,
    "ANY": D.USERDEFINED,
    "CHARACTER": D.CHAR,
    "CHAR": D.CHAR,
    "VARCHAR": D.VARCHAR,
    "TIME": D.TIME,
    "TIMESTAMP": D.TIMESTAMP,
    "TIMESTAMP_LTZ": D.TIMESTAMPLTZ,
}
# Flink's tree keeps these names.
_KEPT = {"STRING", "BYTES", "REAL", "BITMAP", "ANY", "TIMESTAMP_LTZ"}


class TypeParser(LiteralParser):
    """Reads types into FlinkType."""

    def parse_type(self) -> exp.DataType:
        """A type, without NULL or NOT NULL behind it, but with the collections behind it (INT ARRAY)."""
        kind = self._type_name()
        while True:
            index = self._index
            nullable = self._nullability()
            collection = self.one_of("ARRAY", "MULTISET")
            if not collection:
                self._retreat(index)
                return kind
            if nullable is not None:
                kind.set("nullable", nullable)
            kind = self._nested(collection, [kind], postfix=True)

    def parse_type_with_nullability(self) -> exp.DataType:
        """A type with NULL or NOT NULL behind it."""
        kind = self.parse_type()
        nullable = self._nullability()
        if nullable is not None:
            kind.set("nullable", nullable)
        return kind

    def _nullability(self) -> bool | None:
        if self.word("NOT", "NULL"):
            return False
        return True if self.word("NULL") else None

    def _type_name(self) -> exp.DataType:
        token = self._curr
        word = token.text.upper() if token.token_type == TokenType.VAR else ""
        if word in _PLAIN:
            self._advance()
            return fx.FlinkType(this=_PLAIN[word], spelling=word if word in _KEPT else None)
        if word == "DOUBLE":
            self._advance()
            self.word("PRECISION")
            return fx.FlinkType(this=D.DOUBLE)
        if word in _SIZED:
            self._advance()
            return self._sized(word)
        if word in ("ARRAY", "MULTISET", "MAP") and self.at_type(TokenType.LT, 1):
            self._advance(2)
            parts = self.commas(self.parse_type_with_nullability)
            self.expect_type(TokenType.GT, ">")
            return self._nested(word, parts)
        if word == "ROW":
            return self._row()
        if word == "STRUCTURED":
            self._advance(2)
            name = self.string()
            fields = self.commas(self._field) if self._match(TokenType.COMMA) else []
            self.expect_type(TokenType.GT, ">")
            return fx.FlinkType(this=D.STRUCT, spelling="STRUCTURED", name=name, expressions=fields, nested=True)
        if word == "RAW":
            self._advance()
            return fx.FlinkType(this=D.USERDEFINED, spelling="RAW", expressions=self.wrapped(self.parse_string_literal))
        if word == "INTERVAL":
            self._advance()
            return fx.FlinkType(this=D.INTERVAL, expressions=[self.parse_interval_unit()])
        if word == "NULL":
            self._advance()
            return fx.FlinkType(this=D.NULL)
        if not self.at_name():
            self.fail("Expected a type")
        names = self.names()
        if self.at_type(TokenType.L_PAREN):
            self._retreat(self._index - 1)
            meant = similar(names[-1].name, [*_PLAIN, *_SIZED])
            raise self.error(f"`{names[-1].name}` is no type with a size{f': did you mean {meant}?' if meant else ''}")
        return fx.FlinkType(this=D.USERDEFINED, name=table_of(names))

    def _sized(self, word: str) -> exp.DataType:
        kind = _SIZED[word]
        if word in ("CHAR", "CHARACTER", "BINARY") and self.word("VARYING"):
            kind = D.VARBINARY if word == "BINARY" else D.VARCHAR
        sizes = [exp.DataTypeParam(this=n) for n in self.wrapped(self.number)] if self._at_size() else []
        node = fx.FlinkType(this=kind, expressions=sizes, spelling=word if word in _KEPT else None)
        if kind in (D.CHAR, D.VARCHAR) and self.word("CHARACTER", "SET"):
            node.set("charset", self.name())
        if kind in (D.TIME, D.TIMESTAMP):
            self._zone(node, word)
        return node

    def _at_size(self) -> bool:
        return self.at_type(TokenType.L_PAREN) and self.at_type(TokenType.NUMBER, 1)

    def _zone(self, node: exp.DataType, word: str) -> None:
        if self.word("WITHOUT", "TIME", "ZONE"):
            return
        for zone in ("WITH LOCAL TIME ZONE", "WITH TIME ZONE"):
            if self.word(*zone.split()):
                node.set("zone", zone)
                node.set("spelling", word)
                if word == "TIMESTAMP":
                    node.set("this", D.TIMESTAMPLTZ if "LOCAL" in zone else D.TIMESTAMPTZ)

    def _nested(self, word: str, parts: list[exp.DataType], postfix: bool = False) -> exp.DataType:
        kinds = {"ARRAY": D.ARRAY, "MAP": D.MAP, "MULTISET": D.USERDEFINED}
        return fx.FlinkType(
            this=kinds[word],
            expressions=parts,
            nested=True,
            spelling="MULTISET" if word == "MULTISET" else None,
            postfix=postfix or None,
        )

    def _row(self) -> exp.DataType:
        self._advance()
        fields: list[exp.Expr] = []
        parenthesized = None
        if self._match(TokenType.LT):
            if not self._match(TokenType.GT):
                fields = self.commas(self._field)
                self.expect_type(TokenType.GT, ">")
        elif not self._match(TokenType.NEQ):
            parenthesized = True
            fields = self.wrapped_or_empty(self._field)
        return fx.FlinkType(this=D.STRUCT, expressions=fields, nested=True, parenthesized=parenthesized)

    def _field(self) -> exp.Expr:
        name = self.name()
        kind = self.parse_type_with_nullability()
        constraints = []
        if self.at_type(TokenType.STRING):
            comment = exp.CommentColumnConstraint(this=self.string())
            constraints.append(exp.ColumnConstraint(kind=comment))
        return exp.ColumnDef(this=name, kind=kind, constraints=constraints)
