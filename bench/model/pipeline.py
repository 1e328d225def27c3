"""Runs file → function → blackhole on a Flink mini cluster, parallelism 1, its Python worker a process of its own.

A process a run: `python -m bench.model.pipeline <function> <file of texts>`. The last line is JSON.

Rates are of the last three quarters of the rows, from calls that the function wrote down: start-up, the loading of the
model and the first compilations of the JVM are over by then.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np

from bench.flink_session import flink_session
from bench.model.functions import CALL, TIMES

WARM_UP_SHARE = 0.25


def run(function: str, texts: Path, folder: Path) -> dict[str, float]:
    """Run one job to its end, with the options of flink/conf.

    Args:
        function: `pandas` or `rowwise`, of bench.model.functions.
        texts: a file, a text a line.
        folder: for Flink's log and the calls.

    Returns:
        rows_per_second; rows_per_call; of the time, what share the function was being called (call), and its
        tokenizer and its program ran.
    """
    calls = folder / "calls"
    session = flink_session(folder, **{TIMES: str(calls)})
    session.execute_sql(
        f"CREATE TABLE reviews (content STRING) WITH ('connector' = 'filesystem', 'path' = '{texts}', 'format' = 'raw')"
    )
    session.execute_sql("CREATE TABLE scores (score DOUBLE) WITH ('connector' = 'blackhole')")
    session.execute_sql(f"CREATE FUNCTION score AS 'bench.model.functions.{function}' LANGUAGE PYTHON")
    session.execute_sql("INSERT INTO scores SELECT score(content) FROM reviews").wait()
    return _rates(calls.read_bytes())


def _rates(content: bytes) -> dict[str, float]:
    whole = len(content) // CALL.size * CALL.size
    rows, began, ended, tokenizer, program = (
        np.array(column) for column in zip(*CALL.iter_unpack(content[:whole]), strict=True)
    )
    first = int(np.searchsorted(np.cumsum(rows), WARM_UP_SHARE * rows.sum())) + 1
    seconds = ended[-1] - ended[first - 1]
    return {
        "rows_per_second": rows[first:].sum() / seconds,
        "rows_per_call": rows[first:].mean(),
        "call": (ended - began)[first:].sum() / seconds,
        "tokenizer": tokenizer[first:].sum() / seconds,
        "program": program[first:].sum() / seconds,
    }


def main() -> None:
    """Measure and print."""
    function, texts = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(run(function, Path(texts), Path(folder))))


if __name__ == "__main__":
    main()
