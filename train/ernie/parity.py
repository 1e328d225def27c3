"""The same texts through PaddleNLP and through the worker's code: are tokens and logits the same?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from headrace.inference.text_manifest import TextManifest
from headrace.inference.text_model import TextModel
from headrace.inference.word_piece import WordPiece
from train.ernie.reference import PaddleNlpReference
from train.ernie.settings import TrainingError

BATCH = 64
MAX_LOGIT_DIFFERENCE = 1e-3


@dataclass(frozen=True)
class Parity:
    """What was compared and what differs.

    texts:                compared.
    token_mismatches:     texts that the two tokenizers turn into different rows.
    max_logit_difference: over all texts and labels, each text's logits shifted to a log-softmax.
    """

    texts: int
    token_mismatches: int
    max_logit_difference: float


def compare(folder: Path, manifest: TextManifest, texts: Sequence[str]) -> Parity:
    """Run PaddleNLP (ErnieTokenizer, dynamic graph) and the worker (tokenizer.json, exported program) on texts.

    Raises:
        TrainingError: the version is no ERNIE model of this recipe.
        InferenceError: the worker cannot load it.
    """
    reference = PaddleNlpReference(folder, manifest)
    model = TextModel(folder, manifest)
    tokenizer = reference.description
    word_piece = WordPiece.from_file(folder / tokenizer.file, tokenizer.max_tokens, tokenizer.padding_id)
    mismatches = 0
    difference = 0.0
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        inputs = reference.inputs(batch)
        ours = word_piece.encode(batch)
        expected_rows = reference.token_ids(batch)
        mismatches += sum(
            expected != row[: len(expected)].tolist() or bool((row[len(expected) :] != tokenizer.padding_id).any())
            for expected, row in zip(expected_rows, ours, strict=True)
        )
        logits = reference.logits_of_inputs(inputs).astype(np.float64)
        expected_logs = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
        actual_logs = np.log(model.probabilities(batch).astype(np.float64))
        difference = max(difference, float(np.abs(expected_logs - actual_logs).max()))
    return Parity(len(texts), mismatches, difference)


def check(parity: Parity, folder: Path) -> None:
    """Raise TrainingError if tokens differ anywhere, or logits by more than MAX_LOGIT_DIFFERENCE."""
    if parity.token_mismatches or not parity.max_logit_difference <= MAX_LOGIT_DIFFERENCE:
        raise TrainingError(
            f"{folder}: {parity.token_mismatches} of {parity.texts} texts have other tokens in the worker than in "
            f"PaddleNLP, and logits differ by up to {parity.max_logit_difference:.2g}. Do not publish it: compare "
            "train/ernie/tokenizer.py with PaddleNLP's ErnieTokenizer, and Paddle's version with the manifest's."
        )
