"""What to do about frequent mistakes."""

from __future__ import annotations

from difflib import get_close_matches

STATEMENT_VERBS = (
    *("SELECT", "WITH", "VALUES", "INSERT", "CREATE", "DROP", "ALTER", "SHOW", "DESCRIBE", "USE", "EXPLAIN", "EXECUTE"),
    *("COMPILE", "SET", "RESET", "UPDATE", "DELETE", "TRUNCATE", "ANALYZE", "CALL", "LOAD", "UNLOAD", "BEGIN", "END"),
)
_CLAUSES = (
    *("FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "JOIN", "UNION", "WINDOW", "LEFT", "INNER"),
    *("PARTITIONED", "COMMENT", "LIKE", "CROSS", "LATERAL", "AND", "BETWEEN"),
)
# Words that no value begins with; before them a comma or operator has nothing to its right.
_ENDS = frozenset(
    (
        *("FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FETCH", "UNION", "INTERSECT", "EXCEPT"),
        *("WINDOW", "ON", "USING", "JOIN", "AS", "AND", "OR", "THEN", "ELSE", "WHEN", "END", "SELECT", "INSERT"),
    )
)


def similar(word: str, words: tuple[str, ...] | list[str]) -> str | None:
    """The word that was probably meant; as headrace/names.py finds it, which this package does without."""
    found = get_close_matches(word.upper(), words, 1, 0.7)
    return found[0] if found and found[0] != word.upper() else None


def for_symbol(symbol: str) -> str | None:
    """A remedy for a character that Flink SQL has no use for there."""
    return {
        '"': "Flink knows no double quotes: write strings in '…' and names in `…`",
        "!=": "Flink does not know `!=`: write `<>`",
        "==": "Flink does not know `==`: write `=`",
        "=>": "`=>` only names arguments: write `>=` for greater or equal",
        "&": "Flink does not know `&`: write AND, or BITAND(a, b)",
        "#": "Flink does not know `#`: comments begin with --",
        "@": "Flink has no variables: write the value",
    }.get(symbol)


def for_missing_value(word: str, before: str) -> str | None:
    """A remedy where a value is expected and a clause begins, or the text ends."""
    if word and word.upper() not in _ENDS:
        return None
    follows = f"`{word}`" if word else "the end"
    if before == ",":
        return f"Nothing stands between the comma and {follows}: take the comma away"
    return f"A value is missing between `{before}` and {follows}"


def for_rest(word: str, before: str, after_name: bool) -> str | None:
    """A remedy where a statement should end, and a word follows."""
    meant = similar(before, _CLAUSES)
    if meant:
        return f"`{before}` was read as a name, and then a word is too much: did you mean {meant}?"
    if after_name:
        return f"`{word}` is a word too much: put a comma before it, or take it away"
    return None
