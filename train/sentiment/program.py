"""The Paddle program that serves: look up a few numbers an n-gram, add them up, divide."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import paddle

from train.sentiment.nbsvm import Nbsvm
from train.sentiment.three_labels import ThreeLabelModel

# Steps that the exported numbers are rounded to: far below what shows in a score, and far above what processors
# differ by in the last bits of a sum, so that training gives the same file on each of them.
PRECISION = 2.0**-12

MODEL_FILE = "inference.json"
PARAMETERS_FILE = "inference.pdiparams"


class NgramProgram(paddle.nn.Layer):
    """Flat n-gram ids to probabilities; no padding, so a text's result does not depend on its neighbours."""

    def __init__(self, model: Nbsvm) -> None:
        """Take over the numbers of a trained model."""
        super().__init__()
        numbers = np.stack([model.contributions, model.squares], axis=1)
        self.numbers = self.create_parameter(
            list(numbers.shape), default_initializer=paddle.nn.initializer.Assign(_rounded(numbers))
        )
        self.bias = self.create_parameter(
            [1], default_initializer=paddle.nn.initializer.Assign(_rounded(np.array([model.bias])))
        )

    def forward(self, ids: paddle.Tensor, rows: paddle.Tensor) -> paddle.Tensor:
        """Probability of the positive label.

        Args:
            ids: int32 [M], n-grams of all texts.
            rows: int32 [M], the text of each id, ascending from 0 without gaps.

        Returns:
            float32 [texts].
        """
        sums = paddle.geometric.segment_sum(paddle.nn.functional.embedding(ids, self.numbers), rows)
        # A text without a known n-gram has the sums 0 and 0: its logit is the bias.
        length = paddle.sqrt(paddle.clip(sums[:, 1], min=1e-12))
        return paddle.nn.functional.sigmoid(sums[:, 0] / length + self.bias)


class ThreeLabelProgram(paddle.nn.Layer):
    """Flat n-gram ids to the probabilities of negative, neutral and positive."""

    def __init__(self, model: ThreeLabelModel) -> None:
        """Take over the numbers of a trained model."""
        super().__init__()
        polarity, neutrality, tfidf = model.polarity, model.neutrality, model.tfidf
        numbers = np.column_stack(
            [polarity.contributions, polarity.squares, neutrality.contributions, tfidf.contributions, tfidf.squares]
        )
        self.numbers = self.create_parameter(
            list(numbers.shape), default_initializer=paddle.nn.initializer.Assign(_rounded(numbers))
        )
        biases = np.array([polarity.bias, neutrality.bias]) + tfidf.biases
        self.biases = self.create_parameter([2], default_initializer=paddle.nn.initializer.Assign(_rounded(biases)))

    def forward(self, ids: paddle.Tensor, rows: paddle.Tensor) -> paddle.Tensor:
        """Probability of each label.

        Args:
            ids: int32 [M], n-grams of all texts; each text ends with the padding id.
            rows: int32 [M], the text of each id, ascending from 0 without gaps.

        Returns:
            float32 [texts, 3]: softmax of (-P, N, P), with the logits P of the polarity and N of the neutrality.
        """
        sums = paddle.geometric.segment_sum(paddle.nn.functional.embedding(ids, self.numbers), rows)
        counts = paddle.geometric.segment_sum(paddle.ones_like(ids, dtype="float32"), rows) - 1
        # A text without a known n-gram has sums of 0: its logits are the biases.
        length = paddle.sqrt(paddle.clip(sums[:, 1], min=1e-12))
        tfidf_length = paddle.sqrt(paddle.clip(sums[:, 5], min=1e-12))
        polarity = sums[:, 0] / length + sums[:, 3] / tfidf_length + self.biases[0]
        neutrality = sums[:, 2] / paddle.sqrt(paddle.clip(counts, min=1)) + sums[:, 4] / tfidf_length + self.biases[1]
        return paddle.nn.functional.softmax(paddle.stack([-polarity, neutrality, polarity], axis=1))


def export(model: Nbsvm | ThreeLabelModel, folder: Path) -> None:
    """Write MODEL_FILE and PARAMETERS_FILE into a folder."""
    layer = NgramProgram(model) if isinstance(model, Nbsvm) else ThreeLabelProgram(model)
    flat = [paddle.static.InputSpec([None], "int32", name) for name in ("ids", "rows")]
    program = paddle.jit.to_static(layer, input_spec=flat, full_graph=True)
    paddle.jit.save(program, str(folder / Path(MODEL_FILE).stem))


def _rounded(numbers: np.ndarray) -> np.ndarray:
    return (np.round(numbers / PRECISION) * PRECISION).astype(np.float32)
