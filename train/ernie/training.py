"""One run: from the texts to the best network, in a folder from which it can be resumed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from paddlenlp.transformers import ErnieForSequenceClassification

from headrace.inference.word_piece import WordPiece
from train.ernie.checkpoints import Checkpoints, Position
from train.ernie.evaluation import logits_of
from train.ernie.fine_tuning import FineTuning
from train.ernie.loop import Step, run_phase
from train.ernie.model import ErnieClassifier, load_checkpoint, start_classifier
from train.ernie.pretraining import Pretraining
from train.ernie.settings import Settings
from train.ernie.texts import Sources, all_of
from train.ernie.tokenizer import MASK, SPECIAL_TOKENS
from train.sentiment.reviews import Split

BEST_FOLDER = "best"
CHECKPOINTS_FOLDER = "checkpoints"


def train(
    folder: Path,
    settings: Settings,
    sources: Sources,
    show: Callable[[Step], None],
    show_validation: Callable[[int, float], None],
) -> ErnieClassifier:
    """Train a model, or go on where its folder's latest checkpoint stands.

    Args:
        folder: of the run, made by `begin_run`; `best` in it becomes a checkpoint folder that PaddleNLP loads.
        settings: of the run.
        sources: the texts.
        show: told of each step.
        show_validation: told of each validated epoch (from 0) and its result, see `validation_accuracy`.

    Returns:
        The model of the epoch that did best on the validation part.

    Raises:
        TrainingError: the checkpoint to start from cannot be used.
    """
    training = all_of(sources, Split.TRAIN)
    classifier = start_classifier(settings, training.texts)
    word_piece = WordPiece(classifier.tokenizer, settings.max_tokens, classifier.padding_id)
    rows = word_piece.rows(training.texts)
    special_ids = np.array([classifier.tokenizer.token_to_id(token) for token in SPECIAL_TOKENS], dtype=np.int64)
    mask_id = classifier.tokenizer.token_to_id(MASK)
    checkpoints = Checkpoints(folder / CHECKPOINTS_FOLDER)
    position: Position | None = checkpoints.position()
    if settings.pretraining_epochs and (position is None or position.phase == "pretraining"):
        pretraining = Pretraining(
            classifier.network,
            rows,
            special_ids,
            mask_id,
            settings.pretraining_epochs,
            settings.pretraining_learning_rate,
        )
        run_phase(pretraining, settings, checkpoints, show, show_validation)
    fine_tuning = FineTuning(
        classifier.network,
        rows,
        training.labels,
        settings.token_dropout,
        special_ids,
        mask_id,
        settings.epochs,
        settings.learning_rate,
        validate=lambda: validation_accuracy(classifier.network, word_piece, sources),
        keep=lambda: classifier.save(folder / BEST_FOLDER),
    )
    run_phase(fine_tuning, settings, checkpoints, show, show_validation)
    return load_checkpoint(str(folder / BEST_FOLDER), settings.max_tokens)


def validation_accuracy(network: ErnieForSequenceClassification, word_piece: WordPiece, sources: Sources) -> float:
    """The mean of the sources' accuracies on their validation parts; each source counts the same."""
    accuracies = []
    for parts in sources.values():
        part = parts[Split.VALIDATION]
        logits = logits_of(network, word_piece.rows(part.texts))
        accuracies.append(np.mean(logits.argmax(axis=1) == part.labels))
    return float(np.mean(accuracies))
