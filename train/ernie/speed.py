"""How fast PaddleNLP itself runs a published version: what the worker is compared with."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from train.ernie.reference import PaddleNlpReference


@dataclass(frozen=True)
class Speed:
    """One run over texts, in their order; the first batch was run before, untimed.

    texts:              how many.
    batch:              texts in a batch.
    tokenizer_seconds:  of ErnieTokenizer, padding included.
    network_seconds:    of the network in dynamic-graph mode, on one thread.
    rows_per_second:    texts over the sum of both.
    """

    texts: int
    batch: int
    tokenizer_seconds: float
    network_seconds: float
    rows_per_second: float


def measure_speed(reference: PaddleNlpReference, texts: Sequence[str], batch: int) -> Speed:
    """Run PaddleNLP over texts."""
    reference.logits(texts[:batch])
    tokenizer_seconds = network_seconds = 0.0
    for start in range(0, len(texts), batch):
        begun = time.perf_counter()
        inputs = reference.inputs(texts[start : start + batch])
        tokenized = time.perf_counter()
        reference.logits_of_inputs(inputs)
        network_seconds += time.perf_counter() - tokenized
        tokenizer_seconds += tokenized - begun
    return Speed(
        len(texts), batch, tokenizer_seconds, network_seconds, len(texts) / (tokenizer_seconds + network_seconds)
    )
