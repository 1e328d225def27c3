"""What the model is compared with, each trained on the same training parts."""

from __future__ import annotations

import importlib
import pickle
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from headrace.inference.char_ngrams import normalize
from train.sentiment.dataset import NEGATIVE, NEUTRAL, POSITIVE, Dataset
from train.sentiment.reviews import Split


class TfidfLogisticRegression:
    """TF-IDF of character 1- to 3-grams with logistic regression (scikit-learn), on reviews and supplement or less."""

    def __init__(self, seed: int, *, three_labels: bool) -> None:
        """Make an untrained model; with two labels it learns from the reviews alone."""
        self.name = f"TF-IDF, logistic regression, {'three' if three_labels else 'two'} labels"
        self._three_labels = three_labels
        self._model = make_pipeline(
            TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True, preprocessor=normalize),
            LogisticRegression(C=4.0, max_iter=1000, random_state=seed),
        )

    def train(self, dataset: Dataset) -> None:
        """Train."""
        parts = [dataset.reviews[Split.TRAIN]]
        if self._three_labels:
            parts.append(dataset.supplement[Split.TRAIN])
        self._model.fit([text for part in parts for text in part.texts], np.concatenate([p.labels for p in parts]))

    def predict(self, texts: list[str], *, neutral: bool) -> NDArray[np.int64]:
        """The label of each text; without `neutral` the more probable one of negative and positive."""
        probabilities = self._model.predict_proba(texts)
        classes = self._model.classes_
        allowed = np.isin(classes, [NEGATIVE, NEUTRAL, POSITIVE] if neutral else [NEGATIVE, POSITIVE])
        return np.asarray(classes[allowed][probabilities[:, allowed].argmax(axis=1)])

    def size(self) -> int:
        """Bytes of the trained model, pickled."""
        return len(pickle.dumps(self._model))


class SnowNlpBayes:
    """SnowNLP's own way: word segmentation, stop words, naive Bayes of two labels."""

    name = "SnowNLP, naive Bayes, two labels"

    def __init__(self, package: Path) -> None:
        """Make an untrained model.

        Args:
            package: folder of the package `snownlp`, from its source distribution.
        """
        sys.path.insert(0, str(package.parent))
        try:
            self._model = importlib.import_module("snownlp.sentiment").Sentiment()
        finally:
            sys.path.remove(str(package.parent))

    def train(self, dataset: Dataset) -> None:
        """Train on the reviews."""
        part = dataset.reviews[Split.TRAIN]
        pairs = list(zip(part.texts, part.labels == POSITIVE, strict=True))
        self._model.train(
            [text for text, positive in pairs if not positive], [text for text, positive in pairs if positive]
        )

    def predict(self, texts: list[str], *, neutral: bool) -> NDArray[np.int64]:
        """The label of each text, never neutral."""
        return np.array([POSITIVE if self._model.classify(text) >= 0.5 else NEGATIVE for text in texts])

    def size(self) -> int:
        """Bytes of the trained model, pickled."""
        return len(pickle.dumps(self._model))
