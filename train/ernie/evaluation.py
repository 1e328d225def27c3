"""Logits of a network over many texts, and what follows from them."""

from __future__ import annotations

import numpy as np
import paddle
from numpy.typing import NDArray

from headrace.inference.word_piece import TokenRows
from train.ernie.batches import Limits, plan_batches
from train.ernie.texts import Part, Sources
from train.sentiment.reviews import Split

_LIMITS = Limits(rows=64, tokens=8192)


def logits_of(network: paddle.nn.Layer, rows: TokenRows) -> NDArray[np.float32]:
    """Logits of all rows, in their order: float32 [rows, labels]. Leaves the network in evaluation mode."""
    network.eval()
    result: NDArray[np.float32] | None = None
    with paddle.no_grad():
        for batch in plan_batches(rows.lengths, _LIMITS, np.random.default_rng(0)):
            logits = network(paddle.to_tensor(rows.padded(batch))).numpy()
            if result is None:
                result = np.empty((len(rows.lengths), logits.shape[1]), dtype=np.float32)
            result[batch] = logits
    assert result is not None
    return result


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Probabilities: float64 [rows, labels]."""
    shifted = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)
