"""Writes literals, types, operators and functions."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp, generator

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.generators.refusals import unwritten

D = exp.DataType.Type
_TYPE_NAMES = {
    D.INT: "INT",
    D.TEXT: "STRING",
    D.FLOAT: "FLOAT",
    D.TIMESTAMPLTZ: "TIMESTAMP_LTZ",
    D.TIMESTAMPNTZ: "TIMESTAMP",
    D.TIMESTAMPTZ: "TIMESTAMP",
    D.STRUCT: "ROW",
    D.DATETIME: "TIMESTAMP",
    D.NVARCHAR: "VARCHAR",
    D.NCHAR: "CHAR",
}
_LIKES: dict[type[exp.Expr], str] = {
    exp.Like: "LIKE",
    exp.ILike: "ILIKE",
    fx.RLike: "RLIKE",
    exp.SimilarTo: "SIMILAR TO",
}
# Types of other dialects that Flink has under no name.
_REFUSED = frozenset({D.JSON, D.JSONB, D.UUID, D.ENUM, D.SET, D.HSTORE, D.XML, D.MONEY, D.INET})


class ValueGenerator(generator.Generator):
    """Values."""

    def items(self, items: Iterable[exp.Expr | str] | None) -> str:
        """Items with commas between them."""
        return ", ".join(self.sql(item) for item in items or [])

    def text(self, literal: str) -> str:
        """A string in quotes."""
        return "'" + self._replace_line_breaks(literal.replace("'", "''")) + "'"

    def sql(self, expression: str | exp.Expr | None, key: str | None = None, comment: bool = True) -> str:
        """A node's text; what Flink has no words for is reported as unsupported."""
        if key is None and isinstance(expression, exp.Expr):
            for name in unwritten(expression):
                self.unsupported(f"Flink SQL cannot say `{name.strip('_')}` of {type(expression).__name__}")
        return super().sql(expression, key, comment)

    # Literals.

    def literal_sql(self, expression: exp.Literal) -> str:
        return self.text(expression.name) if expression.is_string else expression.name

    def boolean_sql(self, expression: exp.Boolean) -> str:
        return "TRUE" if expression.this else "FALSE"

    def null_sql(self, *_: object) -> str:
        return "NULL"

    def prefixedstring_sql(self, expression: fx.PrefixedString) -> str:
        return f"{expression.args['charset']}{self.sql(expression, 'this')}"

    def unicodeliteral_sql(self, expression: fx.UnicodeLiteral) -> str:
        escape = self.sql(expression, "escape")
        return f"U&{self.sql(expression, 'this')}{f' UESCAPE {escape}' if escape else ''}"

    def cstylestring_sql(self, expression: fx.CStyleString) -> str:
        return f"E'{expression.this}'"

    def binaryliteral_sql(self, expression: fx.BinaryLiteral) -> str:
        return f"X{self.sql(expression, 'this')}"

    def stringparts_sql(self, expression: fx.StringParts) -> str:
        # Flink takes the parts as one string only with a line break between them.
        return "\n".join(self.sql(part) for part in expression.expressions)

    def typedliteral_sql(self, expression: fx.TypedLiteral) -> str:
        return f"{self.sql(expression, 'to')} {self.sql(expression, 'this')}"

    def interval_sql(self, expression: exp.Interval) -> str:
        this = expression.this
        sign = ""
        if isinstance(this, exp.Neg):
            sign, this = "-", this.this
        value = self.sql(this)
        unit = self.sql(expression, "unit")
        if isinstance(this, exp.Literal) and not this.is_string and not unit:
            value = self.text(this.name)
        return f"INTERVAL {sign}{value}{f' {unit}' if unit else ''}"

    def intervalspan_sql(self, expression: exp.IntervalSpan) -> str:
        return f"{self.sql(expression, 'this')} TO {self.sql(expression, 'expression')}"

    def intervalfield_sql(self, expression: fx.IntervalField) -> str:
        return f"{self.sql(expression, 'this')}({self.items(expression.expressions)})"

    def default_sql(self, _: fx.Default) -> str:
        return "DEFAULT"

    def placeholder_sql(self, expression: exp.Placeholder) -> str:
        return "?"

    # Types.

    def datatype_sql(self, expression: exp.DataType) -> str:
        kind = expression.this
        if kind in _REFUSED:
            self.unsupported(f"Flink has no type {kind.value}")
        if kind == D.VARBINARY and not expression.expressions:
            name = "BYTES"
        elif kind == D.USERDEFINED:
            name = str(expression.args.get("kind") or "")
        else:
            name = _TYPE_NAMES.get(kind) or (kind.value if isinstance(kind, D) else str(kind))
        items = self.items(expression.expressions)
        nested = kind in (D.ARRAY, D.MAP, D.STRUCT)
        arguments = (f"<{items}>" if nested else f"({items})") if items else ""
        return name + arguments + self._nullability(expression)

    def flinktype_sql(self, expression: fx.FlinkType) -> str:
        kind, items = expression.this, self.items(expression.expressions)
        spelling = expression.args.get("spelling")
        name = expression.args.get("name")
        if spelling == "STRUCTURED":
            fields = f", {items}" if items else ""
            text = f"STRUCTURED<{self.sql(name)}{fields}>"
        elif name:
            text = self.sql(name)
        elif kind in (D.ARRAY, D.MAP) or spelling == "MULTISET":
            word = spelling or kind.value
            text = f"{items} {word}" if expression.args.get("postfix") else f"{word}<{items}>"
        elif kind == D.STRUCT:
            text = f"ROW({items})" if expression.args.get("parenthesized") else f"ROW<{items}>"
        elif kind == D.INTERVAL:
            text = f"INTERVAL {items}"
        elif kind == D.VARBINARY and not spelling:
            text = f"VARBINARY({items})" if items else "VARBINARY"
        else:
            word = spelling or _TYPE_NAMES.get(kind) or kind.value
            text = f"{word}({items})" if items else word
        for key, words in (("zone", ""), ("charset", "CHARACTER SET ")):
            if expression.args.get(key):
                text += f" {words}{self.sql(expression, key)}"
        return text + self._nullability(expression)

    def _nullability(self, expression: exp.DataType) -> str:
        return {True: " NULL", False: " NOT NULL", None: ""}[expression.args.get("nullable")]

    def datatypeparam_sql(self, expression: exp.DataTypeParam) -> str:
        return self.sql(expression, "this")

    # Operators.

    def neg_sql(self, expression: exp.Neg) -> str:
        operand = self.sql(expression, "this")
        return f"- {operand}" if operand.startswith("-") else f"-{operand}"

    def not_sql(self, expression: exp.Not) -> str:
        return f"NOT {self.sql(expression, 'this')}"

    def postfixnot_sql(self, expression: fx.PostfixNot) -> str:
        return self.predicate(expression.this, "NOT ")

    def predicate(self, node: exp.Expr, word: str = "") -> str:
        """A predicate, with NOT before its operator or without."""
        left = self.sql(node, "this")
        word = "NOT " if node.args.get("negate") else word
        if isinstance(node, exp.Escape):
            return f"{self.predicate(node.this, word)} ESCAPE {self.sql(node, 'expression')}"
        if isinstance(node, exp.In):
            query = node.args.get("query")
            return f"{left} {word}IN {self.sql(query) if query else f'({self.items(node.expressions)})'}"
        if isinstance(node, exp.Between):
            symmetric = {True: " SYMMETRIC", False: " ASYMMETRIC", None: ""}[node.args.get("symmetric")]
            return f"{left} {word}BETWEEN{symmetric} {self.sql(node, 'low')} AND {self.sql(node, 'high')}"
        operator = node.args["operator"] if isinstance(node, fx.BinaryWord) else _LIKES[type(node)]
        return f"{left} {word}{operator} {self.sql(node, 'expression')}"

    def in_sql(self, expression: exp.In) -> str:
        return self.predicate(expression)

    def between_sql(self, expression: exp.Between) -> str:
        return self.predicate(expression)

    def escape_sql(self, expression: exp.Escape) -> str:
        return self.predicate(expression)

    def like_sql(self, expression: exp.Like) -> str:
        return self.predicate(expression)

    def ilike_sql(self, expression: exp.ILike) -> str:
        return self.predicate(expression)

    def rlike_sql(self, expression: fx.RLike) -> str:
        return self.predicate(expression)

    def similarto_sql(self, expression: exp.SimilarTo) -> str:
        return self.predicate(expression)

    def binaryword_sql(self, expression: fx.BinaryWord) -> str:
        return self.predicate(expression)

    def is_sql(self, expression: exp.Is) -> str:
        negated = "NOT " if expression.args.get("negate") else ""
        return f"{self.sql(expression, 'this')} IS {negated}{self.sql(expression, 'expression')}"

    def json_sql(self, expression: exp.JSON) -> str:
        kind = self.sql(expression, "this")
        return f"JSON {kind}" if kind else "JSON"

    def nullsafeeq_sql(self, expression: exp.NullSafeEQ) -> str:
        return self.binary(expression, "IS NOT DISTINCT FROM")

    def nullsafeneq_sql(self, expression: exp.NullSafeNEQ) -> str:
        return self.binary(expression, "IS DISTINCT FROM")

    def div_sql(self, expression: exp.Div) -> str:
        return self.binary(expression, "/")

    def mod_sql(self, expression: exp.Mod) -> str:
        return self.binary(expression, "%")

    def dpipe_sql(self, expression: exp.DPipe) -> str:
        return self.binary(expression, "||")

    def postfixword_sql(self, expression: fx.PostfixWord) -> str:
        return f"{self.sql(expression, 'this')} {self.sql(expression, 'operator')}"

    def prefixword_sql(self, expression: fx.PrefixWord) -> str:
        return f"{self.sql(expression, 'operator')} {self.sql(expression, 'this')}"

    def exists_sql(self, expression: exp.Exists) -> str:
        this = self.sql(expression, "this")
        return f"EXISTS {this}" if this.startswith("(") else f"EXISTS ({this})"

    def any_sql(self, expression: exp.Any) -> str:
        return f"ANY {self.sql(expression, 'this')}"

    def all_sql(self, expression: exp.All) -> str:
        return f"ALL {self.sql(expression, 'this')}"

    def cast_sql(self, expression: exp.Cast, safe_prefix: str | None = None) -> str:
        return f"{safe_prefix or ''}CAST({self.sql(expression, 'this')} AS {self.sql(expression, 'to')})"

    def trycast_sql(self, expression: exp.TryCast) -> str:
        prefix = "SAFE_" if expression.args.get("action") == "SAFE_CAST" else "TRY_"
        return self.cast_sql(expression, prefix)

    def infixcast_sql(self, expression: fx.InfixCast) -> str:
        return f"{self.sql(expression, 'this')} :: {self.sql(expression, 'to')}"

    def bracket_sql(self, expression: exp.Bracket) -> str:
        return f"{self.sql(expression, 'this')}[{self.items(expression.expressions)}]"

    def dot_sql(self, expression: exp.Dot) -> str:
        return f"{self.sql(expression, 'this')}.{self.sql(expression, 'expression')}"

    def case_sql(self, expression: exp.Case) -> str:
        parts = ["CASE"]
        if expression.this:
            parts.append(self.sql(expression, "this"))
        for branch in expression.args["ifs"]:
            parts += ["WHEN", self.sql(branch, "this"), "THEN", self.sql(branch, "true")]
        if expression.args.get("default"):
            parts += ["ELSE", self.sql(expression, "default")]
        return " ".join([*parts, "END"])

    def casevalues_sql(self, expression: fx.CaseValues) -> str:
        return self.items(expression.expressions)

    # Constructors.

    def tuple_sql(self, expression: exp.Tuple) -> str:
        return f"({self.items(expression.expressions)})"

    def rowconstructor_sql(self, expression: fx.RowConstructor) -> str:
        return f"ROW({self.items(expression.expressions)})"

    def array_sql(self, expression: exp.Array) -> str:
        items = self.items(expression.expressions)
        return f"ARRAY({items})" if expression.args.get("bracket_notation") is False else f"ARRAY[{items}]"

    def mapconstructor_sql(self, expression: fx.MapConstructor) -> str:
        return self._constructor("MAP", expression)

    def multisetconstructor_sql(self, expression: fx.MultisetConstructor) -> str:
        return self._constructor("MULTISET", expression)

    def _constructor(self, word: str, expression: exp.Expr) -> str:
        items = self.items(expression.expressions)
        return f"{word}({items})" if expression.args.get("parenthesized") else f"{word}[{items}]"

    def periodconstructor_sql(self, expression: fx.PeriodConstructor) -> str:
        return f"PERIOD({self.items(expression.expressions)})"
