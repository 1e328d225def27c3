"""Kafka to Redis through the job sql/invoices, on a local stack of its own: one document a second.

A process a run: `python -m bench.ocr.latency <file of paths> <documents a second>`. The last line is JSON.

Documents are in their messages (data: URIs); their orders were sent before. The first ones are not measured: with them
the worker loads the model and meets the sizes of lines. Latency counts from the moment at which Kafka's client gets the
message to the one at which Redis tells that the row `invoice_check:<document_id>` was written.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from confluent_kafka import Producer
from rich.console import Console

from headrace.demo.replay import Arrivals
from headrace.deploy.deploy import Deployer
from headrace.settings import PROJECT, Settings
from headrace.stack.kafka import MESSAGE_MAX_BYTES
from headrace.stack.redis import connect
from headrace.stack.stack import Stack
from headrace.testing import waiting

JOB = "invoices"
TABLE = "invoice_check"
WARM_UP = 6
await_true = partial(waiting.await_true, seconds=300, every=0.05)
say = Console(stderr=True, highlight=False, soft_wrap=True).print


def invoice(number: int, image: bytes) -> bytes:
    """A message of topic `invoices`."""
    return json.dumps(
        {
            "document_id": f"d{number}",
            "order_id": f"o{number}",
            "image": f"data:image/jpeg;base64,{base64.b64encode(image).decode()}",
            "ts": milliseconds(),
        }
    ).encode()


def order(number: int) -> bytes:
    """A message of topic `orders`."""
    fields = {"order_id": f"o{number}", "user_id": f"u{number}", "amount": "1180.00", "ts": milliseconds()}
    return json.dumps(fields).encode()


def milliseconds() -> int:
    """Now."""
    return time.time_ns() // 1_000_000


def measure(stack: Stack, files: list[Path], per_second: float) -> dict[str, object]:
    """Send the documents to a job that runs; wait until each has its row."""
    producer = Producer(
        {
            "bootstrap.servers": stack.addresses.kafka_bootstrap_servers,
            "linger.ms": 0,
            "message.max.bytes": MESSAGE_MAX_BYTES,
            "log_level": 4,
        }
    )
    redis = connect(stack.settings, stack.addresses)
    for number in range(len(files)):
        producer.produce("orders", order(number))
    producer.flush()
    sent: dict[int, float] = {}
    with Arrivals(redis, f"{TABLE}:*") as arrivals:

        def seen(number: int) -> bool:
            return f"{TABLE}:d{number}" in arrivals.first_seen

        def send(number: int) -> None:
            message = invoice(number, files[number].read_bytes())
            sent[number] = time.perf_counter()
            producer.produce("invoices", message)
            producer.poll(0)

        for number in range(WARM_UP):
            send(number)
            await_true(partial(seen, number))
        load = os.getloadavg()[0]
        started = time.perf_counter()
        for number in range(WARM_UP, len(files)):
            time.sleep(max(0.0, started + (number - WARM_UP) / per_second - time.perf_counter()))  # the pace
            send(number)
        producer.flush()
        await_true(lambda: all(map(seen, sent)))
        latencies = sorted(
            arrivals.first_seen[f"{TABLE}:d{number}"] - at for number, at in sent.items() if number >= WARM_UP
        )
    verdicts = [redis.hget(f"{TABLE}:d{number}", "status") for number in range(WARM_UP, len(files))]
    return {
        "documents": len(latencies),
        "p50_ms": round(1000 * latencies[len(latencies) // 2]),
        "p95_ms": round(1000 * latencies[int(0.95 * len(latencies))]),
        "ok": sum(verdict == b"ok" for verdict in verdicts),
        "load": round(load, 1),
    }


def project(folder: Path) -> Path:
    """The project's tables, functions and views, and of its jobs the one that is measured."""
    shutil.copytree(PROJECT / "catalog", folder / "catalog")
    shutil.copytree(PROJECT / "sql" / JOB, folder / "sql" / JOB)
    return folder


def main() -> None:
    """Measure on a stack of its own and print."""
    files = [Path(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").split()]
    stack = Stack(Settings(stack_name="bench-ocr", task_managers=1))
    stack.down(say)
    shutil.rmtree(stack.settings.stack, ignore_errors=True)
    try:
        stack.up(say)
        with tempfile.TemporaryDirectory() as folder:
            Deployer(stack, say, project(Path(folder))).deploy()
        measured = measure(stack, files, float(sys.argv[2]))
    finally:
        stack.down(say)
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
