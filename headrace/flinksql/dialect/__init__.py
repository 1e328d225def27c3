"""Apache Flink SQL as a dialect of sqlglot; importing this package registers it as `flink`.

It depends on sqlglot alone. A statement that is parsed and written back means the same to Flink's own parser: names,
functions, hints and ways of writing stay as they are, and what the dialect cannot represent is a ParseError.

>>> import sqlglot
>>> sqlglot.parse_one("SELECT `comment` FROM t /*+ OPTIONS('a' = 'b') */", dialect="flink").sql("flink")
"SELECT `comment` FROM t /*+ OPTIONS('a' = 'b') */"
"""

from headrace.flinksql.dialect.dialect import Flink
from headrace.flinksql.dialect.reserved_words import RESERVED_WORDS

__all__ = ["RESERVED_WORDS", "Flink"]
