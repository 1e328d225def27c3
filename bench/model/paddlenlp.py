"""The same weights as PaddleNLP itself runs them: its tokenizer, then its network in dynamic-graph mode.

Runs in the training environment, a process a run: `python -m bench.model.paddlenlp <version> <file of texts>`. Texts
come in the order of the file, each batch padded to its longest text, as PaddleNLP's own collators do. The last line is
JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from headrace.inference.repository import ModelRepository
from train.ernie.reference import PaddleNlpReference

MODEL = "sentiment"
BATCH_SIZES = (16, 64, 256)


def rows_per_second(reference: PaddleNlpReference, texts: list[str], batch_rows: int) -> float:
    """The rate of tokenizer and network together."""
    reference.logits(texts[:batch_rows])  # warm up
    started = time.perf_counter()
    for start in range(0, len(texts), batch_rows):
        reference.logits(texts[start : start + batch_rows])
    return len(texts) / (time.perf_counter() - started)


def main() -> None:
    """Measure and print the rate by batch size."""
    version, file = sys.argv[1:]
    texts = Path(file).read_text(encoding="utf-8").splitlines()
    repository = ModelRepository()
    reference = PaddleNlpReference(
        repository.version_folder(MODEL, int(version)), repository.manifest(MODEL, int(version))
    )
    print(json.dumps({rows: rows_per_second(reference, texts, rows) for rows in BATCH_SIZES}))


if __name__ == "__main__":
    main()
