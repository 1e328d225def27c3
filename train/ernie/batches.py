"""Batches of rows of similar length, so that little is computed for padding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headrace.inference.word_piece import TokenRows

LENGTH_STEP = 16  # rows whose lengths round up to the same multiple are shuffled among each other


@dataclass(frozen=True)
class Limits:
    """How large a batch may be.

    rows:   at most.
    tokens: at most, padding included; a single row may have more.
    """

    rows: int
    tokens: int


def plan_batches(lengths: NDArray[np.int64], limits: Limits, random: np.random.Generator) -> list[NDArray[np.int64]]:
    """Deal rows out to batches, in random order.

    How many batches there are follows from the lengths alone, so it is the same in each epoch.

    Args:
        lengths: tokens of each row.
        limits: of a batch.
        random: which rows of similar length meet, and the order of the batches.

    Returns:
        Positions in `lengths`, an array a batch; each position stands once.
    """
    steps = -(-lengths // LENGTH_STEP)
    order = np.lexsort((random.random(len(lengths)), steps))
    batches = []
    start = 0
    while start < len(order):
        end = start + 1
        while (
            end < len(order)
            and end - start < limits.rows
            and (end + 1 - start) * int(steps[order[end]]) * LENGTH_STEP <= limits.tokens
        ):
            end += 1
        batches.append(order[start:end])
        start = end
    return [batches[position] for position in random.permutation(len(batches))]


def padded(rows: TokenRows, batch: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows of a batch, padded to the longest of them: int64 [rows, tokens]."""
    return rows.padded(batch, int(rows.lengths[batch].max()))
