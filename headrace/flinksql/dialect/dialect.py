"""The dialect `flink`: tokenizer, parser and generator together.

>>> import sqlglot
>>> import headrace.flinksql.dialect
>>> tree = sqlglot.parse_one("SELECT a FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)", dialect="flink")
>>> tree.sql("flink")
"SELECT a FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)"
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect, NormalizationStrategy

from headrace.flinksql.dialect import expressions as fx
from headrace.flinksql.dialect.generators.definitions import FlinkGenerator
from headrace.flinksql.dialect.generators.functions import NAMES, FunctionGenerator
from headrace.flinksql.dialect.parsers.statements import FlinkParser
from headrace.flinksql.dialect.reserved_words import RESERVED_WORDS
from headrace.flinksql.dialect.tokenizer import FlinkTokenizer


def _writers() -> dict[type[exp.Expr], Callable[..., str]]:
    """A method for each node: sqlglot's own TRANSFORMS, which translate, come only where we have no method."""
    writers: dict[type[exp.Expr], Callable[..., str]] = dict(FlinkGenerator.TRANSFORMS)
    own = {name: node for name, node in vars(fx).items() if isinstance(node, type) and issubclass(node, exp.Expression)}
    nodes = {**exp.EXPR_CLASSES, **{node.key: node for node in own.values()}}
    for base in reversed(FlinkGenerator.__mro__):
        if not base.__module__.startswith(__name__.rpartition(".")[0]):
            continue
        for name, method in vars(base).items():
            if name.endswith("_sql") and name[:-4] in nodes:
                writers[nodes[name[:-4]]] = method
    for node in NAMES:
        writers[node] = FunctionGenerator.known_function
    return writers


class Flink(Dialect):
    """Apache Flink SQL 2.3."""

    NORMALIZATION_STRATEGY = NormalizationStrategy.CASE_SENSITIVE
    NORMALIZE_FUNCTIONS: bool | str = False
    IDENTIFIERS_CAN_START_WITH_DIGIT = False
    NULL_ORDERING = "nulls_are_small"
    INDEX_OFFSET = 1
    TYPED_DIVISION = True

    Tokenizer = FlinkTokenizer
    Parser = FlinkParser

    class Generator(FlinkGenerator):
        """Writes Flink SQL."""

        RESERVED_KEYWORDS: ClassVar[set[str]] = {word.lower() for word in RESERVED_WORDS}
        TRANSFORMS: ClassVar[Any] = _writers()
