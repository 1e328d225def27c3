"""What to do about what Flink refuses, where that can be told from its words."""

from __future__ import annotations

import re

from headrace.names import did_you_mean
from headrace.shell.names import CatalogNames

_COLUMN = re.compile(r"Column '(?P<name>[^']+)' not found in (?:any table|table '(?P<table>[^']+)')")
_TABLE = re.compile(r"Object '(?P<name>[^']+)' not found|Cannot find table '(?:`[^`]+`\.)*`(?P<sink>[^`]+)`'")
_FUNCTION = re.compile(r"No match found for function signature (?P<name>\w+)\((?P<arguments>.*)\)")
_SINK = re.compile(r"Column types of query result and sink for '(?:[\w-]+\.)*(?P<name>[\w-]+)' do not match")


def remedy(words: str, statement: str, names: CatalogNames) -> str:
    """One sentence, or nothing.

    Args:
        words: the cause as Flink tells it.
        statement: that was refused.
        names: that the session knows.
    """
    if found := _COLUMN.search(words):
        mentioned = set(re.findall(r"\w+", statement))
        known = {column.name for table in names.tables() if table in mentioned for column in names.columns(table)}
        there_are = f" There are: {', '.join(sorted(known))}." if known else ""
        return did_you_mean(found["name"], known) or f"If it is a text, write '{found['name']}'.{there_are}"
    if found := _TABLE.search(words):
        return did_you_mean(found["name"] or found["sink"], names.tables()) or "\\tables lists tables and views."
    if found := _FUNCTION.search(words):
        return did_you_mean(found["name"], names.all_functions()) or "\\functions lists the project's functions."
    if found := _SINK.search(words):
        return f"Give one value for each of its columns, in their order and of their types: \\describe {found['name']}"
    if "ON CONFLICT" in words:
        return "End the statement with ON CONFLICT DO DEDUPLICATE: the last row of a key wins."
    return ""
