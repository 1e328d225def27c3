"""Records a case from what flows through a running stack: the sources' last messages, and what they give."""

from __future__ import annotations

import base64
import heapq
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from headrace.testing.arrival import Arrival
from headrace.testing.case import ARRIVAL_FILE, CASE_FILE, Case, CaseSettings, Row, read_case, write_lines
from headrace.testing.job import TestJob
from headrace.testing.masking import Mask
from headrace.testing.messages import Message, Selection
from headrace.testing.problems import CaseError
from headrace.testing.rows import difference, row_text


@dataclass(frozen=True)
class Wanted:
    """What to record.

    Attributes:
        feature: the table whose rows are expected.
        selection: which messages of each source.
        mask: names of JSON fields whose values are replaced, at any depth.
        real_model: whether the case asks the published model each time; else its scores are written down.
    """

    feature: str
    selection: Selection = field(default_factory=Selection)
    mask: tuple[str, ...] = ()
    real_model: bool = False


@dataclass(frozen=True)
class Recorded:
    """A case that was written, what the feature's key is, and what a person should know of the case."""

    case: Case
    key: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def rows(self) -> list[Row]:
        """The rows that are expected from now on."""
        [rows] = self.case.expected.values()
        return rows


def record_case(
    job: TestJob,
    wanted: Wanted,
    folder: Path,
    messages_of: Callable[[str], Sequence[Message]],
    rows_of: Callable[[str], list[str]],
) -> Recorded:
    """Writes a case from live messages and rows.

    Args:
        job: the job that writes the feature.
        wanted: what to record.
        folder: the case's; it must not exist.
        messages_of: the messages of a topic that fit, in the order of their arrival.
        rows_of: the rows of a table that is looked up in, as JSON.

    Raises:
        CaseError: the folder exists, there are no messages, or the job fails on them.
    """
    refuse_existing(folder)
    mask = Mask(wanted.mask)
    inputs: dict[str, list[str]] = {}
    recorded: list[list[Message]] = []
    remarks: list[str] = []
    topics: list[str] = []
    for name in job.inputs_of(wanted.feature):
        table = job.table(name)
        if table.is_redis:
            inputs[name] = mask.rows(rows_of(name))
            continue
        topics.append(table.options.get("topic", name))
        found = messages_of(topics[-1])
        kept = mask.last(found, wanted.selection.messages)
        if wanted.selection.is_narrowed and len(found) > len(kept):
            remarks.append(f"{name}: the last {len(kept)} of {len(found)} messages that fit (--messages takes more)")
        recorded.append([replace(each, source=name) for each in kept])
        inputs[name] = []
    arrived = list(heapq.merge(*recorded, key=lambda message: message.milliseconds))
    if not arrived:
        raise _nothing(topics, wanted, mask)
    arrival = []
    for message in arrived:
        line, entry = _written(message)
        inputs[message.source].append(line)
        arrival.append(entry.model_dump_json(exclude_defaults=True))
    start = arrived[0].time
    settings = CaseSettings(
        description=f"Recorded: {len(arrived)} messages from {start:%Y-%m-%d %H:%M:%S} UTC on", start=start
    )
    case = Case(job.name, folder, settings, inputs, {wanted.feature: []}, arrival)
    scores = None if wanted.real_model else _scores(job, case)
    case = replace(case, settings=settings.model_copy(update={"scores": scores}))
    rows, unsteady = _rows(job, case, wanted.feature)
    _write(case, rows)
    key = tuple(job.keys()[wanted.feature])
    return Recorded(read_case(folder), key, (*remarks, *_remarks(wanted, mask, inputs, rows, unsteady)))


def refuse_existing(folder: Path) -> None:
    """Makes sure that a case is not written over another.

    Raises:
        CaseError: the folder exists.
    """
    if folder.exists():
        raise CaseError(f"{folder}: there is such a case. Give the new one another name: --case <name>")


def _nothing(topics: Sequence[str], wanted: Wanted, mask: Mask) -> CaseError:
    place = f"topic{'s' * (len(topics) != 1)} {', '.join(topics)}"
    if mask.left_out:
        return CaseError(
            f"{place}: in none of {mask.left_out} messages {', '.join(mask.fields)} can be masked: they are no JSON "
            "objects, or hold one there. Record without --mask, and replace by hand what is personal."
        )
    if wanted.selection.is_narrowed:
        return CaseError(f"{place}: no message fits. Ask for others: --where, --from, --to")
    return CaseError(f"{place}: there are no messages. Let some flow, for instance: headrace demo --keep")


def _scores(job: TestJob, case: Case) -> dict[str, float | None] | None:
    """What the published model says of each text that the case brings to it; None if it is asked nothing."""
    file = job.folder / "recorded-scores.jsonl"
    file.unlink(missing_ok=True)
    job.run(case, record=file)
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return dict(json.loads(line) for line in lines) or None


def _rows(job: TestJob, case: Case, feature: str) -> tuple[list[Row], set[str]]:
    """The feature's rows without what two runs give differently, and the fields that were left out for it.

    Raises:
        CaseError: two runs give different rows, however few fields are compared.
    """
    rows, again = (job.run(case)[feature] for _ in range(2))
    found = difference(feature, job.keys()[feature], rows, again)
    if found.missing or found.unexpected:
        raise CaseError(
            f"sql/{job.name}/{feature}.sql: two runs on the same messages give different rows, so no case can expect "
            "them. Look for what a case does not set, such as processing time or RAND()."
        )
    unsteady = {name for row in found.differing for name in row.fields}
    return [{name: value for name, value in row.items() if name not in unsteady} for row in rows], unsteady


def _written(message: Message) -> tuple[str, Arrival]:
    """The line and the arrival that give the message back, byte for byte."""
    line, encoding = "", None
    if message.value is None:
        encoding = "none"
    else:
        try:
            line = message.value.decode()
        except UnicodeDecodeError:
            encoding = "base64"
        if "\n" in line:
            encoding = "base64"
        if encoding:
            line = base64.b64encode(message.value).decode("ascii")
    headers = {name: (value or b"").decode(errors="replace") for name, value in message.headers}
    fields = {"source": message.source, "time": message.time, "partition": message.partition, "offset": message.offset}
    return line, Arrival.model_validate({**fields, "headers": headers, "encoding": encoding})


def _write(case: Case, rows: Sequence[Row]) -> None:
    for name, lines in case.inputs.items():
        write_lines(case.folder / "input" / f"{name}.jsonl", lines)
    write_lines(case.folder / ARRIVAL_FILE, case.arrival or [])
    for name in case.expected:
        write_lines(case.folder / "expected" / f"{name}.jsonl", [row_text(row) for row in rows])
    content: dict[str, Any] = case.settings.model_dump(exclude_none=True)
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    (case.folder / CASE_FILE).write_text(text, encoding="utf-8")


def _remarks(
    wanted: Wanted, mask: Mask, inputs: dict[str, list[str]], rows: Sequence[Row], unsteady: Iterable[str]
) -> Iterable[str]:
    yield f"expected/{wanted.feature}.jsonl: {len(rows)} rows, as the SQL gives them today: read them over"
    yield f"{CASE_FILE}: say in `description` what the case shows"
    if not wanted.mask:
        yield "input/: messages as people wrote them: replace what is personal (--mask <field> does it for a field)"
    unknown = sorted(set(mask.fields) - mask.found)
    if unknown:
        yield f"--mask {', '.join(unknown)}: no message has such a field"
    if mask.left_out:
        yield f"--mask: {mask.left_out} messages left out: they are no JSON objects, or hold one where to mask"
    if unsteady:
        yield f"not compared, because two runs give different values: {', '.join(sorted(unsteady))}"
    empty = [name for name, lines in inputs.items() if not lines]
    if empty:
        yield f"no input of {', '.join(empty)}"
