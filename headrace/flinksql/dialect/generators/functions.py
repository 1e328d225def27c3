"""Writes calls."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.generators.values import ValueGenerator
from headrace.flinksql.dialect.parsers.functions import NODES

NAMES: dict[type[exp.Expr], tuple[str, tuple[str, ...]]] = {node: (name, keys) for name, (node, keys) in NODES.items()}

_WORDS_BEFORE = (fx.NullsArgument, fx.OrderArgument, fx.SeparatorArgument)


class FunctionGenerator(ValueGenerator):
    """Functions keep their names as they were written."""

    def items(self, items: Iterable[exp.Expr | str] | None) -> str:
        """Items with commas between them, but none before ORDER BY, IGNORE NULLS and SEPARATOR."""
        text = ""
        for item in items or []:
            comma = "" if not text else " " if isinstance(item, _WORDS_BEFORE) else ", "
            text += comma + self.sql(item)
        return text

    def known_function(self, expression: exp.Expr) -> str:
        """A function that has a class in sqlglot."""
        name, keys = NAMES[type(expression)]
        arguments: list[exp.Expr] = []
        for key in keys:
            value = expression.args.get(key)
            arguments += value if isinstance(value, list) else [value] if value is not None else []
        return f"{expression.meta.get('flink_name') or name}({self.items(arguments)})"

    def function_fallback_sql(self, expression: exp.Func) -> str:
        name = expression.meta.get("flink_name")
        if name is None:
            return super().function_fallback_sql(expression)
        arguments: list[exp.Expr] = []
        for key in expression.arg_types:
            value = expression.args.get(key)
            arguments += value if isinstance(value, list) else [value] if value is not None else []
        return f"{name}({self.items(arguments)})"

    def anonymous_sql(self, expression: exp.Anonymous) -> str:
        return f"{self.sql(expression, 'this')}({self.items(expression.expressions)})"

    def contextvariable_sql(self, expression: fx.ContextVariable) -> str:
        return str(expression.this)

    def descriptor_sql(self, expression: fx.Descriptor) -> str:
        name = expression.meta.get("flink_name") or "DESCRIPTOR"
        return f"{name}({self.items(expression.expressions)})"

    def windowfunction_sql(self, expression: fx.WindowFunction) -> str:
        return f"{self.sql(expression, 'this')}({self.items(expression.expressions)})"

    def kwarg_sql(self, expression: exp.Kwarg) -> str:
        return f"{self.sql(expression, 'this')} => {self.sql(expression, 'expression')}"

    def modelargument_sql(self, expression: fx.ModelArgument) -> str:
        return f"MODEL {self.sql(expression, 'this')}"

    def tableargument_sql(self, expression: fx.TableArgument) -> str:
        text = ("TABLE " if expression.args.get("keyword") else "") + self.sql(expression, "this")
        partition = expression.args.get("partition_by")
        if partition:
            items = self.items(partition)
            text += f" PARTITION BY {f'({items})' if expression.args.get('partition_parentheses') else items}"
        order = expression.args.get("order")
        if order:
            items = self.items(order.expressions)
            text += f" ORDER BY {f'({items})' if expression.args.get('order_parentheses') else items}"
        return text

    def keywordcall_sql(self, expression: fx.KeywordCall) -> str:
        first, *rest = expression.expressions
        text = self.sql(first)
        for separator, argument in zip(expression.args["separators"], rest, strict=True):
            text += f" {separator} {self.sql(argument)}"
        return f"{self.sql(expression, 'this')}({text})"

    def extract_sql(self, expression: exp.Extract) -> str:
        return f"EXTRACT({self.sql(expression, 'this')} FROM {self.sql(expression, 'expression')})"

    def trim_sql(self, expression: exp.Trim) -> str:
        words = [self.sql(expression, "position"), self.sql(expression, "expression")]
        prefix = " ".join(word for word in words if word)
        this = self.sql(expression, "this")
        return f"TRIM({prefix} FROM {this})" if prefix else f"TRIM({this})"

    def jdbccall_sql(self, expression: fx.JdbcCall) -> str:
        return f"{{fn {self.sql(expression, 'this')}}}"

    # Aggregates and what follows them.

    def distinct_sql(self, expression: exp.Distinct) -> str:
        items = self.items(expression.expressions)
        return f"DISTINCT {items}" if items else "DISTINCT"

    def allargument_sql(self, expression: fx.AllArgument) -> str:
        return f"ALL {self.items(expression.expressions)}"

    def separatorargument_sql(self, expression: fx.SeparatorArgument) -> str:
        return f"SEPARATOR {self.sql(expression, 'this')}"

    def orderargument_sql(self, expression: fx.OrderArgument) -> str:
        return f"ORDER BY {self.items(expression.this.expressions)}"

    def nullsargument_sql(self, expression: fx.NullsArgument) -> str:
        return f"{expression.this} NULLS"

    def ignorenulls_sql(self, expression: exp.IgnoreNulls) -> str:
        return f"{self.sql(expression, 'this')} IGNORE NULLS"

    def respectnulls_sql(self, expression: exp.RespectNulls) -> str:
        return f"{self.sql(expression, 'this')} RESPECT NULLS"

    def withindistinct_sql(self, expression: fx.WithinDistinct) -> str:
        return f"{self.sql(expression, 'this')} WITHIN DISTINCT ({self.items(expression.expressions)})"

    def withingroup_sql(self, expression: exp.WithinGroup) -> str:
        order = expression.expression
        return f"{self.sql(expression, 'this')} WITHIN GROUP (ORDER BY {self.items(order.expressions)})"

    def filter_sql(self, expression: exp.Filter) -> str:
        where = expression.expression
        return f"{self.sql(expression, 'this')} FILTER (WHERE {self.sql(where, 'this')})"

    def runningfinal_sql(self, expression: fx.RunningFinal) -> str:
        return f"{expression.args['kind']} {self.sql(expression, 'this')}"

    def window_sql(self, expression: exp.Window) -> str:
        this = self.sql(expression, "this")
        parts = self._window_parts(expression)
        if expression.arg_key == "windows":
            return f"{this} AS ({parts})"
        alias = expression.args.get("alias")
        if alias and parts == self.sql(alias) and not expression.args.get("spec"):
            return f"{this} OVER {parts}"
        return f"{this} OVER ({parts})"

    def _window_parts(self, expression: exp.Window) -> str:
        parts = [self.sql(expression, "alias")]
        if expression.args.get("partition_by"):
            parts.append(f"PARTITION BY {self.items(expression.args['partition_by'])}")
        order = expression.args.get("order")
        if order:
            parts.append(f"ORDER BY {self.items(order.expressions)}")
        parts.append(self.sql(expression, "spec"))
        return " ".join(part for part in parts if part)

    def windowspec_sql(self, expression: exp.WindowSpec) -> str:
        kind = self.sql(expression, "kind")
        partial = f"{expression.args['partial']} PARTIAL" if expression.args.get("partial") else ""
        if not kind:
            return partial
        start = self._bound(expression, "start")
        end = self._bound(expression, "end")
        frame = f"{kind} BETWEEN {start} AND {end}" if end else f"{kind} {start}"
        return f"{frame} {partial}".strip()

    def framespec_sql(self, expression: fx.FrameSpec) -> str:
        return self.windowspec_sql(expression)

    def _bound(self, expression: exp.WindowSpec, key: str) -> str:
        words = (self.sql(expression, key), self.sql(expression, f"{key}_side"))
        return " ".join(word for word in words if word)

    # JSON.

    def jsoncall_sql(self, expression: fx.JsonCall) -> str:
        args = expression.args
        parts = [self.items(expression.expressions)]
        if args.get("passing"):
            parts.append(f"PASSING {self.items(args['passing'])}")
        if args.get("returning"):
            parts.append(f"RETURNING {self.sql(expression, 'returning')}")
        parts.append(self.sql(expression, "returning_format"))
        if args.get("order"):
            parts.append(f"ORDER BY {self.items(args['order'].expressions)}")
        parts.append(self.sql(expression, "wrapper"))
        parts += [self.sql(behavior) for behavior in args.get("behaviors") or []]
        if args.get("nulls"):
            parts.append(f"{args['nulls']} ON NULL")
        return f"{expression.this}({' '.join(part for part in parts if part)})"

    def jsonpair_sql(self, expression: fx.JsonPair) -> str:
        keyword = "KEY " if expression.args.get("keyword") else ""
        separator = expression.args["separator"]
        key, value = self.sql(expression, "this"), self.sql(expression, "expression")
        return f"{keyword}{key} {separator} {value}"

    def jsonbehavior_sql(self, expression: fx.JsonBehavior) -> str:
        default = self.sql(expression, "default")
        return f"{expression.this}{f' {default}' if default else ''} ON {expression.args['on']}"
