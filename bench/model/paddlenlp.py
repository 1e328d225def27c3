"""The same weights as PaddleNLP itself runs them: its tokenizer, then its network in dynamic-graph mode.

Runs in the training environment, a process a run: `python -m bench.model.paddlenlp <version> <file of texts> <rows a
batch>`. It gets what our loop gets: the same texts in the same order, as many at a time, and of these the rows of
similar length side by side, in runs of the same shapes. The last line is JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from headrace.inference.repository import ModelRepository
from headrace.inference.tokenizer import WordPieceBatches
from headrace.inference.word_piece import TokenRows
from train.ernie.reference import PaddleNlpReference

MODEL = "sentiment"


class PaddleNlpRows:
    """PaddleNLP's tokenizer in the place of ours."""

    def __init__(self, reference: PaddleNlpReference) -> None:
        """Use PaddleNLP."""
        self._reference = reference
        self.max_tokens = reference.description.max_tokens

    def rows(self, texts: Sequence[str]) -> TokenRows:
        """Token ids of texts."""
        return TokenRows(self._reference.token_ids(texts), self._reference.description.padding_id)


def rows_per_second(reference: PaddleNlpReference, texts: list[str], batch_rows: int) -> float:
    """The rate of tokenizer and network together, after a first tenth to warm up."""
    tokenizer: Any = PaddleNlpRows(reference)
    batches = WordPieceBatches(tokenizer)

    def run(some: list[str]) -> None:
        for batch in batches.batches(some):
            reference.logits_of_inputs(batch.inputs[0])

    starts = range(0, len(texts), batch_rows)
    for start in starts[: max(1, len(starts) // 10)]:
        run(texts[start : start + batch_rows])
    started = time.perf_counter()
    for start in starts:
        run(texts[start : start + batch_rows])
    return len(texts) / (time.perf_counter() - started)


def main() -> None:
    """Measure and print."""
    version, file, batch_rows = sys.argv[1:]
    texts = Path(file).read_text(encoding="utf-8").splitlines()
    repository = ModelRepository()
    reference = PaddleNlpReference(
        repository.version_folder(MODEL, int(version)), repository.manifest(MODEL, int(version))
    )
    print(json.dumps({"rows_per_second": rows_per_second(reference, texts, int(batch_rows))}))


if __name__ == "__main__":
    main()
