"""The one sentence of a Java stack trace that tells an analyst what is wrong, and where in the statement."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich.cells import cell_len

# "Caused by: org.x.SomeException: words", where the words may go on over further lines up to the stack's frames.
_CAUSE = re.compile(
    r"^(?:<?Caused by: |\[Internal server error\., <Exception on server side:\n)?"
    r"((?:[\w$]+\.)+[\w$]+): ?(.*(?:\n(?!\tat |\t\.\.\.|Caused by: |Suppressed: |End of exception).*)*)",
    re.MULTILINE,
)
# Calcite's "From line 1, column 8 to line 1, column 20: …" and its parser's "… at line 1, column 8."
_POSITION = re.compile(
    r"(?:[Aa]t|[Ff]rom|^)\s*[Ll]ine (?P<line>\d+), column (?P<column>\d+)"
    r"(?: to line (?P<end_line>\d+), column (?P<end_column>\d+))?:?",
    re.MULTILINE,
)
# Says that something failed, not what; the cause below says it.
_EMPTY = re.compile(
    r"^(?:Failed to|SQL validation failed|SQL parse failed|Job execution failed|Recovery is suppressed|"
    r"Could not (?:start|execute|instantiate the executor)|Internal server error|Error while|Cannot submit|"
    r"(?:[\w$]+\.){2,}[\w$]+(?:Exception|Error)\b)"
)
_PYTHON_TRACE = re.compile(r"\bTraceback \(most recent call last\):$", re.MULTILINE)
_PYTHON_ERROR = re.compile(
    r"^(?:[\w.]+\.)?\w*(?:Error|Exception|Interrupt|Warning|Iteration|Exit)\b(?::.*)?$", re.MULTILINE
)
# Their words alone would be a riddle.
_NAMED = re.compile(r"java\.lang\.\w*(?:IndexOutOfBounds|NullPointer|ClassCast|UnsupportedOperation)\w*")
_ENCOUNTERED = re.compile(r'^Encountered "(?P<text>.*)" at line \d+, column \d+', re.DOTALL)
MAX_CHARACTERS = 600


@dataclass(frozen=True)
class Position:
    """Where in a statement, as Calcite counts: lines and columns from 1 on, the end inclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Cause:
    """Why something failed.

    Attributes:
        words: the deepest cause that says something, without class names, stack frames and positions.
        position: the place in the statement, where Flink names one.
        is_syntax: whether Flink's parser could not read the statement.
    """

    words: str
    position: Position | None = None
    is_syntax: bool = False


def cause_of(trace: str) -> Cause:
    """The cause that a stack trace ends in.

    Args:
        trace: as Java prints it, with or without the causes' frames.

    >>> cause_of("a.b.XException: Failed to run.\\n\\tat a.b.C\\nCaused by: a.b.YException: No table 'x'").words
    "No table 'x'"
    """
    causes = [(name, words.strip()) for name, words in _CAUSE.findall(trace)]
    position = next((found for _, words in reversed(causes) if (found := _position(words))), None)
    told = [
        f"{name.rpartition('.')[2]}: {words}" if _NAMED.fullmatch(name) else words
        for name, words in causes
        if words and (not _EMPTY.match(words) or _PYTHON_TRACE.search(words) or _ENCOUNTERED.search(words))
    ]
    if told:
        return Cause(_short(told[-1]), position, any("SqlParse" in name for name, _ in causes))
    # Only wrappers: the innermost class has a name at least.
    names = [name.rpartition(".")[2] for name, _ in causes]
    words = causes[-1][1] if causes and causes[-1][1] else trace.strip()
    return Cause(_short(f"{names[-1]}: {words}" if names else words), position or _position(trace))


def underlined(statement: str, position: Position) -> str:
    """The line of a statement that a position names, and carets under the place.

    Columns are counted as Calcite counts them: a tab goes to the next multiple of 8.
    """
    lines = statement.splitlines() or [""]
    if not 1 <= position.line <= len(lines):
        return ""
    line = lines[position.line - 1]
    start = _index(line, position.column)
    end = _index(line, position.end_column) + 1 if position.end_line == position.line else len(line)
    before, marked = line[:start], line[start : max(end, start + 1)]
    return f"{line}\n{''.join(c if c == chr(9) else ' ' * cell_len(c) for c in before)}{'^' * max(1, cell_len(marked))}"


def _index(line: str, column: int) -> int:
    """The index in a line of a column that Calcite's parser counts."""
    reached = 0
    for index, character in enumerate(line):
        reached += 8 - reached % 8 if character == "\t" else 1
        if reached >= column:
            return index
    return len(line)


def _position(words: str) -> Position | None:
    found = _POSITION.search(words)
    if not found:
        return None
    line, column = int(found["line"]), int(found["column"])
    if found["end_line"]:
        return Position(line, column, int(found["end_line"]), int(found["end_column"]))
    encountered = re.search(r'Encountered "(.+?)" at line', words)
    width = len(encountered[1]) if encountered and " " not in encountered[1] else 1
    return Position(line, column, line, column + width - 1)


def _short(words: str) -> str:
    if _PYTHON_TRACE.search(words):
        errors = _PYTHON_ERROR.findall(words)
        if errors:
            return str(errors[-1]).strip()
    encountered = _ENCOUNTERED.match(words)
    if encountered:
        text = encountered["text"].removesuffix("<EOF>").strip()
        return f"Flink's parser does not expect {repr(text) if text else 'the end'} here"
    words = re.sub(rf"^SQL validation failed\. |\s*{_POSITION.pattern} ?", " ", words, flags=re.MULTILINE).strip()
    words = (
        re.sub(r"\s*End of exception on server side>?\]?$", "", words).strip(" .>") if words.endswith(">") else words
    )
    words = re.sub(r"\n\s*\n+", "\n", words)
    return words if len(words) <= MAX_CHARACTERS else f"{words[:MAX_CHARACTERS]} …"
