"""Runs file of URIs → invoice_fields → blackhole on a Flink mini cluster; its Python worker is a process of its own.

A process a run: `python -m bench.ocr.pipeline <file of URIs>`. The last line is JSON.

Bundles are those of sql/invoices. Rates are of all calls but the first: start-up and the loading of the model are
over by then.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path

from bench.flink_session import flink_session
from bench.ocr.functions import CALL, TIMES
from headrace.settings import PROJECT

WARM_UP_CALLS = 1
SETTINGS = PROJECT / "sql" / "invoices" / "_settings.sql"


def run(uris: Path, folder: Path) -> dict[str, float]:
    """Run one job to its end, with the options of flink/conf and sql/invoices.

    Args:
        uris: a file, a URI a line.
        folder: for Flink's log and the calls.
    """
    calls = folder / "calls"
    session = flink_session(folder, **{TIMES: str(calls)})
    for key, value in re.findall(r"SET '(python\.[^']+)' = '([^']+)'", SETTINGS.read_text(encoding="utf-8")):
        session.get_config().set(key, value)
    session.execute_sql(
        f"CREATE TABLE documents (image STRING) WITH ('connector' = 'filesystem', 'path' = '{uris}', 'format' = 'raw')"
    )
    session.execute_sql("CREATE TABLE fields (status STRING, total DECIMAL(18, 2)) WITH ('connector' = 'blackhole')")
    session.execute_sql("CREATE FUNCTION invoice_fields AS 'bench.ocr.functions.invoice_fields' LANGUAGE PYTHON")
    session.execute_sql(
        "INSERT INTO fields SELECT f.status, f.total FROM (SELECT invoice_fields(image) AS f FROM documents)"
    ).wait()
    return _rates(calls.read_bytes())


def _rates(content: bytes) -> dict[str, float]:
    calls = list(CALL.iter_unpack(content))
    start, *measured = calls[WARM_UP_CALLS - 1 :]
    images = sum(rows for rows, _, _ in measured)
    return {
        "images": images,
        "images_per_call": images / len(measured),
        "seconds": measured[-1][1] - start[1],
        "core_seconds": measured[-1][2] - start[2],
    }


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(run(Path(sys.argv[1]), Path(folder))))


if __name__ == "__main__":
    main()
