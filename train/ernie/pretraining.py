"""Masked-language modelling: guess hidden tokens of the training texts, before any label is seen.

After J. Devlin and others, "BERT", NAACL 2019, section 3.1: of the chosen tokens 80 % are hidden, 10 % replaced by
others, 10 % left.
"""

from __future__ import annotations

import numpy as np
import paddle
from numpy.typing import NDArray
from paddlenlp.transformers import ErnieForSequenceClassification
from paddlenlp.transformers.ernie.modeling import ErnieLMPredictionHead

from headrace.inference.word_piece import TokenRows
from train.ernie.batches import padded
from train.ernie.checkpoints import Phase

CHOSEN = 0.15
HIDDEN, REPLACED = 0.8, 0.1


class MaskedLanguageModel(paddle.nn.Layer):
    """The encoder of a classifier with a head that guesses tokens; the head's matrix is the token embeddings."""

    def __init__(self, classifier: ErnieForSequenceClassification) -> None:
        """Share the encoder."""
        super().__init__()
        self.ernie = classifier.ernie
        self.head = ErnieLMPredictionHead(classifier.config)
        self.head.decoder.weight = self.ernie.embeddings.word_embeddings.weight
        for name, parameter in self.head.named_parameters():
            if parameter is not self.ernie.embeddings.word_embeddings.weight:
                parameter.name = f"head.{name}"

    def forward(self, input_ids: paddle.Tensor, positions: paddle.Tensor) -> paddle.Tensor:
        """Logits of each token at positions (int64 [N], counted over all rows): float32 [N, tokens]."""
        return self.head(self.ernie(input_ids)[0], masked_positions=positions)


class Pretraining:
    """The first phase of a model from scratch."""

    phase: Phase = "pretraining"

    def __init__(
        self,
        classifier: ErnieForSequenceClassification,
        rows: TokenRows,
        special_ids: NDArray[np.int64],
        mask_id: int,
        epochs: int,
        learning_rate: float,
    ) -> None:
        """Prepare the phase; `special_ids` and padding are never chosen."""
        self.network = MaskedLanguageModel(classifier)
        self.epochs = epochs
        self.learning_rate = learning_rate
        self._rows = rows
        self._special_ids = special_ids
        self._mask_id = mask_id
        self._tokens = int(classifier.config.vocab_size)

    def lengths(self) -> NDArray[np.int64]:
        """Tokens of each row."""
        return self._rows.lengths

    def loss(self, rows: NDArray[np.int64], random: np.random.Generator) -> paddle.Tensor:
        """Cross-entropy of the chosen tokens."""
        ids = padded(self._rows, rows)
        masked, positions = mask_tokens(ids, self._special_ids, self._mask_id, self._tokens, random)
        logits = self.network(paddle.to_tensor(masked), paddle.to_tensor(positions))
        return paddle.nn.functional.cross_entropy(logits, paddle.to_tensor(ids.reshape(-1)[positions]))

    def validate(self) -> None:
        """The more epochs the better, as far as a few minutes go."""

    def keep(self) -> None:
        """The network is the classifier's encoder already."""


def mask_tokens(
    ids: NDArray[np.int64],
    special_ids: NDArray[np.int64],
    mask_id: int,
    tokens: int,
    random: np.random.Generator,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Choose tokens to guess, at least one, and hide most of them.

    Args:
        ids: int64 [rows, length], not all of them special.
        special_ids: never chosen.
        mask_id: stands for a hidden token.
        tokens: size of the vocabulary.
        random: what is chosen.

    Returns:
        The ids with the chosen ones hidden, replaced or left, and the positions of the chosen ones in the flat array.
    """
    flat = ids.reshape(-1).copy()
    candidates = np.flatnonzero(~np.isin(flat, special_ids))
    count = max(1, round(CHOSEN * len(candidates)))
    chosen = np.sort(random.choice(candidates, count, replace=False))
    fate = random.random(count)
    flat[chosen[fate < HIDDEN]] = mask_id
    is_replaced = (fate >= HIDDEN) & (fate < HIDDEN + REPLACED)
    flat[chosen[is_replaced]] = random.integers(0, tokens, int(is_replaced.sum()))
    return flat.reshape(ids.shape), chosen
