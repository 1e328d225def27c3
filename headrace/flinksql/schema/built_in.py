"""Flink's built-in functions and the types of their results.

Each line of a family is a function, its result and a call of it; tests ask Flink whether the call has that type. A
result is a type, or: `argument N`, the type of the N-th argument, `last argument`; `common` (`common N`), the type that
all arguments (from the N-th on) have together; a rule of `_RULES`; or `?` for one that we do not work out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from headrace.flinksql.schema.types import FlinkType, common_type, read_type

_FAMILIES = {
    "arithmetic": """
        ABS             argument 1   ABS(-1)
        ACOS            DOUBLE       ACOS(0.5)
        ASIN            DOUBLE       ASIN(0.5)
        ATAN            DOUBLE       ATAN(0.5)
        ATAN2           DOUBLE       ATAN2(1, 2)
        BIN             STRING       BIN(4)
        CEIL            round up     CEIL(1.5)
        CEILING         round up     CEILING(1.5)
        COS             DOUBLE       COS(1)
        COSH            DOUBLE       COSH(1)
        COT             DOUBLE       COT(1)
        DEGREES         DOUBLE       DEGREES(1)
        E               DOUBLE       E()
        EXP             DOUBLE       EXP(1)
        FLOOR           round up     FLOOR(1.5)
        HEX             STRING       HEX(20)
        LN              DOUBLE       LN(2)
        LOG             DOUBLE       LOG(2)
        LOG10           DOUBLE       LOG10(2)
        LOG2            DOUBLE       LOG2(2)
        MOD             argument 2   MOD(7, 2)
        PI              DOUBLE       PI()
        POWER           DOUBLE       POWER(2, 3)
        RADIANS         DOUBLE       RADIANS(1)
        RAND            DOUBLE       RAND()
        RAND_INTEGER    INT          RAND_INTEGER(5)
        ROUND           rounded      ROUND(1.55E0, 1)
        SIGN            argument 1   SIGN(-2)
        SIN             DOUBLE       SIN(1)
        SINH            DOUBLE       SINH(1)
        SQRT            DOUBLE       SQRT(2)
        TAN             DOUBLE       TAN(1)
        TANH            DOUBLE       TANH(1)
        TRUNCATE        rounded      TRUNCATE(1.55E0, 1)
        UNHEX           BYTES        UNHEX('4D')
        UUID            CHAR(36)     UUID()
    """,
    "string": """
        ASCII           INT      ASCII('a')
        BTRIM           STRING       BTRIM(' a ')
        CHAR_LENGTH     INT          CHAR_LENGTH('ab')
        CHARACTER_LENGTH INT         CHARACTER_LENGTH('ab')
        CHR             STRING       CHR(97)
        CONCAT          STRING       CONCAT('a', 'b')
        CONCAT_WS       STRING       CONCAT_WS('-', 'a', 'b')
        DECODE          STRING       DECODE(ENCODE('a', 'UTF-8'), 'UTF-8')
        ELT             ?       ELT(1, 'a', 'b')
        ENCODE          BYTES        ENCODE('a', 'UTF-8')
        ENDSWITH        BOOLEAN      ENDSWITH('ab', 'b')
        FROM_BASE64     STRING       FROM_BASE64('YQ==')
        INITCAP         argument 1       INITCAP('ab')
        INET_ATON       BIGINT       INET_ATON('127.0.0.1')
        INET_NTOA       STRING       INET_NTOA(2130706433)
        INSTR           INT          INSTR('ab', 'b')
        IS_ALPHA        BOOLEAN      IS_ALPHA('a')
        IS_DECIMAL      BOOLEAN      IS_DECIMAL('1')
        IS_DIGIT        BOOLEAN      IS_DIGIT('1')
        LEFT            text       LEFT('ab', 1)
        LOCATE          INT          LOCATE('b', 'ab')
        LOWER           argument 1       LOWER('A')
        LPAD            STRING       LPAD('a', 2, 'x')
        LTRIM           text       LTRIM(' a')
        MD5             CHAR(32)     MD5('a')
        OVERLAY         ?       OVERLAY('abc' PLACING 'x' FROM 2)
        PARSE_URL       STRING       PARSE_URL('http://a.b/c', 'HOST')
        POSITION        INT          POSITION('b' IN 'ab')
        PRINTF          STRING       PRINTF('%d', 1)
        REGEXP          BOOLEAN      REGEXP('ab', 'b')
        REGEXP_COUNT    INT          REGEXP_COUNT('ab', 'b')
        REGEXP_EXTRACT  STRING       REGEXP_EXTRACT('ab', '(b)', 1)
        REGEXP_EXTRACT_ALL ARRAY<STRING> REGEXP_EXTRACT_ALL('ab', '(b)')
        REGEXP_INSTR    INT          REGEXP_INSTR('ab', 'b')
        REGEXP_REPLACE  STRING       REGEXP_REPLACE('ab', 'b', 'c')
        REGEXP_SUBSTR   STRING       REGEXP_SUBSTR('ab', 'b')
        REPEAT          STRING       REPEAT('a', 2)
        REPLACE         STRING       REPLACE('ab', 'b', 'c')
        REVERSE         STRING       REVERSE('ab')
        RIGHT           text       RIGHT('ab', 1)
        RPAD            STRING       RPAD('a', 2, 'x')
        RTRIM           text       RTRIM('a ')
        SHA1            CHAR(40)     SHA1('a')
        SHA2            VARCHAR(128) SHA2('a', 256)
        SHA224          CHAR(56)     SHA224('a')
        SHA256          CHAR(64)     SHA256('a')
        SHA384          CHAR(96)     SHA384('a')
        SHA512          CHAR(128)    SHA512('a')
        SPLIT           ARRAY<STRING> SPLIT('a,b', ',')
        SPLIT_INDEX     STRING       SPLIT_INDEX('a,b', ',', 0)
        STARTSWITH      BOOLEAN      STARTSWITH('ab', 'a')
        STR_TO_MAP      MAP<STRING, STRING> STR_TO_MAP('a=1')
        SUBSTR          text       SUBSTR('abc', 2)
        SUBSTRING       text       SUBSTRING('abc' FROM 2)
        TO_BASE64       STRING       TO_BASE64('a')
        TRANSLATE       STRING       TRANSLATE('abc', 'a', 'x')
        TRIM            text       TRIM(' a ')
        UPPER           argument 1       UPPER('a')
        URL_DECODE      STRING       URL_DECODE('a%20b')
        URL_ENCODE      STRING       URL_ENCODE('a b')
    """,
    "time": """
        CONVERT_TZ      STRING       CONVERT_TZ('1970-01-01 00:00:00', 'UTC', 'Asia/Shanghai')
        CURRENT_DATE    DATE         CURRENT_DATE
        CURRENT_ROW_TIMESTAMP TIMESTAMP_LTZ(3) CURRENT_ROW_TIMESTAMP()
        CURRENT_TIME    TIME(0)      CURRENT_TIME
        CURRENT_TIMESTAMP TIMESTAMP_LTZ(3) CURRENT_TIMESTAMP
        DATE_FORMAT     STRING       DATE_FORMAT(LOCALTIMESTAMP, 'yyyy')
        DAYOFMONTH      BIGINT       DAYOFMONTH(CURRENT_DATE)
        DAYOFWEEK       BIGINT       DAYOFWEEK(CURRENT_DATE)
        DAYOFYEAR       BIGINT       DAYOFYEAR(CURRENT_DATE)
        EXTRACT         BIGINT       EXTRACT(DAY FROM CURRENT_DATE)
        FROM_UNIXTIME   STRING       FROM_UNIXTIME(0)
        HOUR            BIGINT       HOUR(LOCALTIMESTAMP)
        LOCALTIME       TIME(0)      LOCALTIME
        LOCALTIMESTAMP  TIMESTAMP(3) LOCALTIMESTAMP
        MINUTE          BIGINT       MINUTE(LOCALTIMESTAMP)
        MONTH           BIGINT       MONTH(CURRENT_DATE)
        NOW             TIMESTAMP_LTZ(3) NOW()
        PROCTIME        TIMESTAMP_LTZ(3) PROCTIME()
        QUARTER         BIGINT       QUARTER(CURRENT_DATE)
        SECOND          BIGINT       SECOND(LOCALTIMESTAMP)
        TIMESTAMPADD    last argument  TIMESTAMPADD(DAY, 1, LOCALTIMESTAMP)
        TIMESTAMPDIFF   INT          TIMESTAMPDIFF(DAY, LOCALTIMESTAMP, LOCALTIMESTAMP)
        TO_DATE         DATE         TO_DATE('1970-01-01')
        TO_TIMESTAMP    TIMESTAMP(3) TO_TIMESTAMP('1970-01-01 00:00:00')
        TO_TIMESTAMP_LTZ TIMESTAMP_LTZ(3) TO_TIMESTAMP_LTZ(0, 3)
        UNIX_TIMESTAMP  BIGINT       UNIX_TIMESTAMP()
        WEEK            BIGINT       WEEK(CURRENT_DATE)
        YEAR            BIGINT       YEAR(CURRENT_DATE)
    """,
    "structured": """
        OBJECT_OF       ?
        OBJECT_UPDATE   ?
    """,
    "condition": """
        COALESCE        common       COALESCE('a', 'b')
        GREATEST        common       GREATEST(1, 2)
        IF              common 2     IF(TRUE, 1, 2)
        IFNULL          common       IFNULL(1, 2)
        LEAST           common       LEAST(1, 2)
        NULLIF          argument 1   NULLIF(1, 2)
        TYPEOF          STRING       TYPEOF(1)
    """,
    "collection": """
        ARRAY_APPEND    argument 1   ARRAY_APPEND(ARRAY[1], 2)
        ARRAY_CONCAT    argument 1   ARRAY_CONCAT(ARRAY[1], ARRAY[2])
        ARRAY_CONTAINS  BOOLEAN      ARRAY_CONTAINS(ARRAY[1], 2)
        ARRAY_DISTINCT  argument 1   ARRAY_DISTINCT(ARRAY[1])
        ARRAY_EXCEPT    argument 1   ARRAY_EXCEPT(ARRAY[1], ARRAY[2])
        ARRAY_INTERSECT argument 1   ARRAY_INTERSECT(ARRAY[1], ARRAY[2])
        ARRAY_JOIN      STRING       ARRAY_JOIN(ARRAY['a'], ',')
        ARRAY_MAX       element      ARRAY_MAX(ARRAY[1])
        ARRAY_MIN       element      ARRAY_MIN(ARRAY[1])
        ARRAY_POSITION  INT          ARRAY_POSITION(ARRAY[1], 1)
        ARRAY_PREPEND   argument 1   ARRAY_PREPEND(ARRAY[1], 2)
        ARRAY_REMOVE    argument 1   ARRAY_REMOVE(ARRAY[1], 1)
        ARRAY_REVERSE   argument 1   ARRAY_REVERSE(ARRAY[1])
        ARRAY_SLICE     argument 1   ARRAY_SLICE(ARRAY[1], 1, 1)
        ARRAY_SORT      argument 1   ARRAY_SORT(ARRAY[1])
        ARRAY_UNION     argument 1   ARRAY_UNION(ARRAY[1], ARRAY[2])
        CARDINALITY     INT          CARDINALITY(ARRAY[1])
        ELEMENT         element      ELEMENT(ARRAY[1])
        MAP_ENTRIES     map entries  MAP_ENTRIES(MAP['a', 1])
        MAP_FROM_ARRAYS map of arrays MAP_FROM_ARRAYS(ARRAY['a'], ARRAY[1])
        MAP_KEYS        map keys     MAP_KEYS(MAP['a', 1])
        MAP_UNION       argument 1   MAP_UNION(MAP['a', 1], MAP['b', 2])
        MAP_VALUES      map values   MAP_VALUES(MAP['a', 1])
    """,
    "bitmap": """
        BITMAP_AND                  BITMAP
        BITMAP_ANDNOT               BITMAP
        BITMAP_AND_AGG              BITMAP
        BITMAP_AND_CARDINALITY_AGG  BIGINT
        BITMAP_BUILD                BITMAP
        BITMAP_BUILD_AGG            BITMAP
        BITMAP_BUILD_CARDINALITY_AGG BIGINT
        BITMAP_CARDINALITY          BIGINT
        BITMAP_FROM_BYTES           BITMAP
        BITMAP_OR                   BITMAP
        BITMAP_OR_AGG               BITMAP
        BITMAP_OR_CARDINALITY_AGG   BIGINT
        BITMAP_TO_ARRAY             ARRAY<INT>
        BITMAP_TO_BYTES             BYTES
        BITMAP_TO_STRING            STRING
        BITMAP_XOR                  BITMAP
        BITMAP_XOR_AGG              BITMAP
        BITMAP_XOR_CARDINALITY_AGG  BIGINT
    """,
    "json": """
        JSON            ?
        JSON_ARRAY      STRING       JSON_ARRAY(1)
        JSON_EXISTS     BOOLEAN      JSON_EXISTS('{}', '$.a')
        JSON_OBJECT     STRING       JSON_OBJECT(KEY 'a' VALUE 1)
        JSON_QUERY      STRING       JSON_QUERY('{}', '$.a')
        JSON_QUOTE      STRING       JSON_QUOTE('a')
        JSON_STRING     STRING       JSON_STRING('a')
        JSON_UNQUOTE    STRING       JSON_UNQUOTE('"a"')
        JSON_VALUE      STRING       JSON_VALUE('{}', '$.a')
        PARSE_JSON      VARIANT      PARSE_JSON('{}')
        TRY_PARSE_JSON  VARIANT      TRY_PARSE_JSON('{}')
    """,
    "aggregate": """
        APPROX_COUNT_DISTINCT BIGINT APPROX_COUNT_DISTINCT(i)
        ARRAY_AGG       array        ARRAY_AGG(i)
        AVG             average      AVG(i)
        COLLECT         multiset     COLLECT(i)
        COUNT           BIGINT       COUNT(i)
        FIRST_VALUE     argument 1   FIRST_VALUE(i)
        JSON_ARRAYAGG   VARCHAR(2000)       JSON_ARRAYAGG(i)
        JSON_OBJECTAGG  VARCHAR(2000)       JSON_OBJECTAGG(KEY 'a' VALUE i)
        LAST_VALUE      argument 1   LAST_VALUE(i)
        LISTAGG         STRING       LISTAGG(s)
        MAX             argument 1   MAX(i)
        MIN             argument 1   MIN(i)
        PERCENTILE      DOUBLE       PERCENTILE(i, 0.5)
        SINGLE_VALUE    argument 1   SINGLE_VALUE(i)
        STDDEV          average      STDDEV(d)
        STDDEV_POP      average      STDDEV_POP(d)
        STDDEV_SAMP     average      STDDEV_SAMP(d)
        SUM             sum          SUM(i)
        VAR_POP         average      VAR_POP(d)
        VAR_SAMP        average      VAR_SAMP(d)
        VARIANCE        average      VARIANCE(d)
    """,
    "over": """
        CUME_DIST       DOUBLE       CUME_DIST() OVER (ORDER BY t)
        DENSE_RANK      BIGINT       DENSE_RANK() OVER (ORDER BY t)
        LAG             argument 1   LAG(i) OVER (ORDER BY t)
        LEAD            argument 1   LEAD(i) OVER (ORDER BY t)
        NTILE           BIGINT       NTILE(2) OVER (ORDER BY t)
        PERCENT_RANK    DOUBLE       PERCENT_RANK() OVER (ORDER BY t)
        RANK            BIGINT       RANK() OVER (ORDER BY t)
        ROW_NUMBER      BIGINT       ROW_NUMBER() OVER (ORDER BY t)
    """,
    "window": """
        CURRENT_WATERMARK   argument 1   CURRENT_WATERMARK(t)
        HOP_END             TIMESTAMP(3)
        HOP_PROCTIME        proctime
        HOP_ROWTIME         rowtime
        HOP_START           TIMESTAMP(3)
        SESSION_END         TIMESTAMP(3)
        SESSION_PROCTIME    proctime
        SESSION_ROWTIME     rowtime
        SESSION_START       TIMESTAMP(3)
        TUMBLE_END          TIMESTAMP(3)
        TUMBLE_PROCTIME     proctime
        TUMBLE_ROWTIME      rowtime
        TUMBLE_START        TIMESTAMP(3)
        HOP                 ?
        SESSION             ?
        TUMBLE              ?
        SOURCE_WATERMARK    ?
        GROUPING            BIGINT
        GROUPING_ID         BIGINT
        GROUP_ID            BIGINT
    """,
    "pattern": """
        FIRST               argument 1
        LAST                argument 1
        MATCH_PROCTIME      TIMESTAMP_LTZ(3)
        MATCH_ROWTIME       ?
        NEXT                argument 1
        PREV                argument 1
        CLASSIFIER          STRING
        MATCH_NUMBER        BIGINT
    """,
    "table": """
        UNNEST              ?
        ML_PREDICT          ?
        VECTOR_SEARCH       ?
        FROM_CHANGELOG      ?
        TO_CHANGELOG        ?
    """,
}


_LINE = re.compile(r"(\w+)\s+(.+?)(?:\s+(\1\b.*))?")  # name, result, call


@dataclass(frozen=True)
class BuiltIn:
    """A function of Flink's own.

    Attributes:
        name: in capitals.
        family: the heading it stands under: arithmetic, string, aggregate, window …
        result: as the head of this module says.
        example: a call, empty where there is none outside a query of its kind.
    """

    name: str
    family: str
    result: str
    example: str

    def result_type(self, arguments: Sequence[FlinkType | None]) -> FlinkType | None:
        """The type of a call with arguments of these types; None if it is not known."""
        return _result(self.result, arguments)


@cache
def built_in_functions() -> dict[str, BuiltIn]:
    """Flink's functions by their names in capitals."""
    lines = [(family, line.strip()) for family, text in _FAMILIES.items() for line in text.strip().splitlines()]
    matches = [(family, _LINE.fullmatch(line)) for family, line in lines]
    return {match[1]: BuiltIn(match[1], family, match[2], match[3] or "") for family, match in matches if match}


def _numeric_average(kind: FlinkType) -> FlinkType:
    if kind.root != "DECIMAL":
        return FlinkType(kind.root)
    return FlinkType("DECIMAL", (38, max(6, kind.parameters[1])))


def _numeric_sum(kind: FlinkType) -> FlinkType:
    return FlinkType("DECIMAL", (38, kind.parameters[1])) if kind.root == "DECIMAL" else FlinkType(kind.root)


def _whole(kind: FlinkType) -> FlinkType | None:
    if kind.root != "DECIMAL":
        return kind
    return FlinkType("DECIMAL", (kind.parameters[0], 0))


_RULES: dict[str, Callable[[FlinkType], FlinkType | None]] = {
    "rowtime": lambda kind: replace(kind, parameters=(3,), time="rowtime"),
    "proctime": lambda kind: FlinkType("TIMESTAMP_LTZ", (3,), time="proctime"),
    "average": _numeric_average,
    "sum": _numeric_sum,
    "round up": _whole,
    "text": lambda kind: kind if kind.root != "CHAR" else FlinkType("VARCHAR", kind.parameters),
    "rounded": lambda kind: None if kind.root == "DECIMAL" else kind,
    "array": lambda kind: FlinkType("ARRAY", (), (kind,)),
    "multiset": lambda kind: FlinkType("MULTISET", (), (replace(kind, nullable=False),)),
    "element": lambda kind: kind.elements[0] if kind.elements else None,
    "map keys": lambda kind: FlinkType("ARRAY", (), (kind.elements[0],)) if kind.elements else None,
    "map values": lambda kind: FlinkType("ARRAY", (), (kind.elements[1],)) if kind.elements else None,
    "map entries": lambda kind: (
        FlinkType("ARRAY", (), (FlinkType("ROW", (), (), tuple(zip(("key", "value"), kind.elements, strict=True))),))
        if kind.elements
        else None
    ),
}


def _result(result: str, arguments: Sequence[FlinkType | None]) -> FlinkType | None:
    word, _, number = result.partition(" ")
    if result == "?":
        return None
    if result == "last argument":
        return arguments[-1].plain if arguments and arguments[-1] else None
    if word == "argument":
        found = arguments[int(number) - 1] if len(arguments) >= int(number) else None
        return found.plain if found else None
    if word == "common":
        return common_type(list(arguments[int(number or 1) - 1 :]))
    if result == "map of arrays":
        elements = [kind.elements[0] for kind in arguments if kind and kind.elements]
        return FlinkType("MAP", (), tuple(elements)) if len(elements) == 2 else None
    if result in _RULES:
        first = arguments[0] if arguments else None
        return _RULES[result](first.plain) if first else None
    return read_type(result)
