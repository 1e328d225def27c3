"""In which order the messages of a case come, and what Kafka says of each.

A line of arrival.jsonl is an arrival. The n-th arrival of a source is the n-th line of its input:

    {"source": "comments", "time": "2026-11-01T08:00:00.120Z"}     all but the source has a default
    {"source": "orders", "partition": 1, "offset": 17, "headers": {"trace": "a1"}, "encoding": "base64"}
    {"idle": "orders"}                                            until its next message it holds no watermark back

Without the file, the sources' messages come one source after the other, in the order of their names. Messages of one
source that follow each other are a turn; before the next turn begins, the job has dealt with all of them.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from headrace.testing.case import ARRIVAL_FILE, Case
from headrace.testing.problems import CaseError, shown, validation_text


class Arrival(BaseModel):
    """One message as it comes, or a source that falls idle."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str | None = Field(None, description="Whose next message comes")
    idle: str | None = Field(None, description="Which source, instead, falls idle until its next message")
    time: AwareDatetime | None = Field(None, description="When Kafka took it; by default the case's `start`")
    partition: int = Field(0, ge=0, description="Its partition")
    offset: int | None = Field(None, ge=0, description="By default the number of messages before it in its partition")
    headers: dict[str, str] = Field(default_factory=dict, description="Headers of the record, as text")
    encoding: Literal["base64", "none"] | None = Field(
        None, description="Whether its line is the message in Base64, or empty, for a message without a value"
    )

    @property
    def table(self) -> str:
        """The source that it is about."""
        return self.source or self.idle or ""


def arrivals(case: Case, sources: Iterable[str]) -> list[Arrival]:
    """The arrivals of a case's streamed sources, in their order.

    Raises:
        CaseError: arrival.jsonl does not fit the input.
    """
    streamed = {source: case.inputs.get(source, []) for source in sorted(sources)}
    if case.arrival is None:
        return [Arrival.model_validate({"source": source}) for source, lines in streamed.items() for _ in lines]
    file = shown(case.folder / ARRIVAL_FILE)
    found = [_read(f"{file}:{number}", line) for number, line in enumerate(case.arrival, start=1)]
    for number, arrival in enumerate(found, start=1):
        if arrival.table not in streamed:
            raise CaseError(
                f"{file}:{number}: the job reads no messages of {arrival.table!r}. "
                f"Its sources are {', '.join(streamed)}."
            )
    counts = Counter(arrival.source for arrival in found if arrival.source)
    for source, lines in streamed.items():
        if counts[source] != len(lines):
            raise CaseError(
                f"{file}: {counts[source]} messages of {source} arrive, and input/{source}.jsonl has {len(lines)}. "
                "Write one arrival for each."
            )
    return found


def scripts(case: Case, readers: Mapping[str, int], run: str) -> dict[str, str]:
    """What each source does, as the files that the connector `headrace-case` reads.

    Args:
        case: the case.
        readers: the streamed tables, each with the number of the plan's sources that read it.
        run: a name that no other run of this process has.

    Raises:
        CaseError: arrival.jsonl does not fit the input.
    """
    turns = [(table, list(group)) for table, group in groupby(arrivals(case, readers), key=lambda each: each.table)]
    lines = {table: iter(case.inputs.get(table, [])) for table in readers}
    offsets: Counter[tuple[str, int]] = Counter()
    steps: dict[str, list[dict[str, Any]]] = {table: [] for table in readers}
    for turn, (table, group) in enumerate(turns):
        for arrival in group:
            if arrival.idle:
                steps[table].append({"turn": turn, "idle": True})
                continue
            place = (table, arrival.partition)
            offset = offsets[place] if arrival.offset is None else arrival.offset
            offsets[place] = offset + 1
            steps[table].append(
                {
                    "turn": turn,
                    "value": _base64(next(lines[table]), arrival),
                    "partition": arrival.partition,
                    "offset": offset,
                    "timestamp": int((arrival.time or case.settings.start).timestamp() * 1000),
                    "headers": {name: _text_as_base64(value) for name, value in arrival.headers.items()},
                }
            )
    return {
        table: "".join(
            f"{json.dumps(entry)}\n"
            for entry in [{"run": run, "turns": len(turns), "readers": readers[table]}, *steps[table]]
        )
        for table in readers
    }


def _read(place: str, line: str) -> Arrival:
    try:
        arrival = Arrival.model_validate_json(line)
    except ValidationError as error:
        raise CaseError(f"{place}: {validation_text(error, Arrival.model_fields)}") from error
    if (arrival.source is None) == (arrival.idle is None):
        raise CaseError(f'{place}: it names no source, or two. Write {{"source": …}} or {{"idle": …}}.')
    return arrival


def _base64(line: str, arrival: Arrival) -> str | None:
    if arrival.encoding == "none":
        return None
    return line if arrival.encoding == "base64" else _text_as_base64(line)


def _text_as_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
