"""Runs the cases' input through the queries about a job's SELECTs, and keeps what was reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from headrace.flinksql.statements import Statement
from headrace.project import Project
from headrace.testing.case import Case
from headrace.testing.coverage.blocks import Query, queries_of, seconds
from headrace.testing.coverage.expressions import Flag, Outcome, flags_of_value
from headrace.testing.coverage.syntax import FlinkParser, Source
from headrace.testing.job import TestJob
from headrace.testing.problems import CaseError

SINK = "headrace_coverage"
_CREATE_SINK = (
    f"CREATE TABLE {SINK} (query INT, flags ARRAY<BIGINT>) WITH ('connector' = 'kafka', 'topic' = 'none', "
    "'properties.bootstrap.servers' = 'none', 'format' = 'json')"
)
_EXPLAINED = re.compile(r"--.*\bunreached:\s*(?P<reason>\S.*)")


@dataclass
class Point:
    """Something that a case should reach.

    Attributes:
        file: the SQL file, relative to the project.
        line, column: where in it, both from 1 on.
        length: how many characters of that line are meant.
        unreached: what it means that no case reaches it.
        reached: whether one did.
        explanation: the reason from the comment `-- unreached: …` on the line or in the line before.
    """

    file: str
    line: int
    column: int
    length: int
    unreached: str
    reached: bool = False
    explanation: str | None = None

    @property
    def is_gap(self) -> bool:
        """Whether it is neither reached nor explained."""
        return not self.reached and self.explanation is None


@dataclass
class Coverage:
    """The points of the jobs that were measured, and the questions that Flink cannot plan."""

    points: dict[tuple[str, int, int, str], Point] = field(default_factory=dict)
    unanswered: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def gaps(self) -> list[Point]:
        """What is neither reached nor explained."""
        return [point for point in self.points.values() if point.is_gap]

    @property
    def percent(self) -> float:
        """How much of what is not explained is reached; 100 if there is nothing to reach."""
        wanted = [point for point in self.points.values() if point.reached or point.explanation is None]
        return 100.0 * sum(point.reached for point in wanted) / len(wanted) if wanted else 100.0


@dataclass(frozen=True)
class _Asked:
    source: Source
    query: Query


class JobCoverage:
    """The questions about one job, compiled once."""

    def __init__(self, project: Project, root: Path, job: TestJob, coverage: Coverage) -> None:
        """Finds out what there is to reach.

        Args:
            project: the SQL files.
            root: their folder.
            job: the job, compiled.
            coverage: takes the points, beside those of other jobs.
        """
        self._root, self._job, self._coverage = root, job, coverage
        self._table = job.add_sink(_CREATE_SINK, SINK)
        parser = FlinkParser(job.session)
        sources = [parser.parse(statement) for statement in _statements(project, job)]
        self._asked = [_Asked(source, query) for source in sources for query in _queries(source)]
        self._watermarks = [_Asked(source, query) for source in sources if (query := _watermark(source))]
        for asked in self._asked:
            for flag in asked.query.flags:
                for outcome in flag.outcomes:
                    self._point(asked.source, outcome)
            if asked.query.closes:
                self._point(asked.source, asked.query.closes)
        self._asked += self._watermarks
        self._plans = list(self._compiled(range(len(self._asked))))

    def measure(self, case: Case) -> None:
        """Notes what a case reaches.

        Raises:
            CaseError: a question's job fails.
        """
        rows: dict[int, list[list[int | None]]] = {}
        for plan in self._plans:
            self._job.execute(plan, case, [SINK])
            for row in self._table.read_changes():
                rows.setdefault(row["query"], []).append(row["flags"])
        first = len(self._asked) - len(self._watermarks)
        ends = [
            max((flags[0] for flags in rows.get(number, []) if flags[0] is not None), default=None)
            for number in range(first, len(self._asked))
        ]
        # A source without messages is idle: it holds no watermark back.
        watermark = min((end for end in ends if end is not None), default=None)
        for number, asked in enumerate(self._asked[:first]):
            for place, flag in enumerate(asked.query.flags):
                values = {flags[place] for flags in rows.get(number, [])}
                for outcome in flag.outcomes:
                    if outcome.value in values:
                        self._point(asked.source, outcome).reached = True
                closes = asked.query.closes
                if closes and watermark is not None and any(end is not None and end <= watermark for end in values):
                    self._point(asked.source, closes).reached = True

    def _point(self, source: Source, outcome: Outcome) -> Point:
        file = source.statement.file
        line, column = source.place(outcome.span[0])
        key = (file, line, column, outcome.unreached)
        if key not in self._coverage.points:
            length = len(source.text[slice(*outcome.span)].split("\n")[0].rstrip())
            explanation = self._explanation(file, line)
            self._coverage.points[key] = Point(file, line, column, length, outcome.unreached, explanation=explanation)
        return self._coverage.points[key]

    def _explanation(self, file: str, line: int) -> str | None:
        lines = (self._root / file).read_text(encoding="utf-8").split("\n")
        own, before = lines[line - 1], lines[line - 2] if line > 1 else ""
        match = _EXPLAINED.search(own) or (_EXPLAINED.search(before) if before.lstrip().startswith("--") else None)
        return match.group("reason") if match else None

    def _compiled(self, numbers: Sequence[int]) -> Iterator[str]:
        """Plans for the questions; those that Flink refuses are found by halves, and noted."""
        if not numbers:
            return
        try:
            yield self._job.compile([self._insert(number) for number in numbers], "coverage")
        except CaseError as error:
            if len(numbers) > 1:
                middle = len(numbers) // 2
                yield from self._compiled(numbers[:middle])
                yield from self._compiled(numbers[middle:])
                return
            self._forget(self._asked[numbers[0]], str(error))

    def _forget(self, asked: _Asked, reason: str) -> None:
        outcomes = [outcome for flag in asked.query.flags for outcome in flag.outcomes]
        for outcome in [*outcomes, *([asked.query.closes] if asked.query.closes else [])]:
            point = self._point(asked.source, outcome)
            self._coverage.points.pop((point.file, point.line, point.column, point.unreached))
            self._coverage.unanswered[point.file, point.line] = reason

    def _insert(self, number: int) -> str:
        query = self._asked[number].query
        # NULL last: the arrays of all queries have one type, that of elements that may be NULL.
        flags = ", ".join([*(f"CAST({flag.sql} AS BIGINT)" for flag in query.flags), "CAST(NULL AS BIGINT)"])
        return f"INSERT INTO {SINK} {query.prefix}SELECT {number}, ARRAY[{flags}] {query.rest}"


def _statements(project: Project, job: TestJob) -> list[Statement]:
    """The job's INSERTs, the views they build on, and the tables that it reads."""
    created = {_created(statement): statement for statement in project.catalog}
    views = {name: each for name, each in created.items() if name and "VIEW" in each.words(4)}
    found: dict[str, Statement] = {}
    waiting = list(job.files.inserts)
    while waiting:
        words = set(re.findall(r"\w+", waiting.pop().text))
        for name in sorted(words & views.keys() - found.keys()):
            found[name] = views[name]
            waiting.append(views[name])
    tables = [created[name] for name in job.input_tables()]
    return [*tables, *found.values(), *job.files.inserts]


def _created(statement: Statement) -> str | None:
    match = re.match(r"CREATE\s+(?:TABLE|VIEW)\s+(?:IF\s+NOT\s+EXISTS\s+)?`?(\w+)", statement.text, re.IGNORECASE)
    return match.group(1) if match else None


def _queries(source: Source) -> Iterator[Query]:
    if source.root.type != "SqlCreateTable":
        yield from queries_of(source)
        return
    columns = [node for node in source.root.walk() if node.type == "SqlComputedColumn"]
    flags = [flag for column in columns for flag in flags_of_value(source, column.children[1])]
    if flags:
        yield Query(_from_table(source), tuple(flags))


def _watermark(source: Source) -> Query | None:
    """The watermark after each row of a table that has one."""
    for node in source.root.walk():
        if source.root.type == "SqlCreateTable" and node.type == "SqlWatermark" and node.children[1]:
            return Query(_from_table(source), (Flag(seconds(source.of(node.children[1])), ()),))
    return None


def _from_table(source: Source) -> str:
    return f"FROM `{_created(source.statement)}`"
