"""What the model is compared with, each trained on the same training part."""

from __future__ import annotations

import importlib
import pickle
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from headrace.inference.char_ngrams import normalize


class TfidfLogisticRegression:
    """TF-IDF of character 1- to 3-grams with logistic regression (scikit-learn)."""

    name = "TF-IDF, logistic regression"

    def __init__(self, seed: int) -> None:
        """Make an untrained model."""
        self._model = make_pipeline(
            TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True, preprocessor=normalize),
            LogisticRegression(C=4.0, max_iter=1000, random_state=seed),
        )

    def train(self, texts: Sequence[str], is_positive: NDArray[np.bool_]) -> None:
        """Train."""
        self._model.fit(texts, is_positive)

    def predict(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each text is positive."""
        return np.asarray(self._model.predict(texts), dtype=bool)

    def size(self) -> int:
        """Bytes of the trained model, pickled."""
        return len(pickle.dumps(self._model))


class SnowNlpBayes:
    """SnowNLP's own way: word segmentation, stop words, naive Bayes."""

    name = "SnowNLP, naive Bayes"

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

    def train(self, texts: Sequence[str], is_positive: NDArray[np.bool_]) -> None:
        """Train."""
        pairs = list(zip(texts, is_positive, strict=True))
        self._model.train(
            [text for text, positive in pairs if not positive], [text for text, positive in pairs if positive]
        )

    def predict(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each text is positive."""
        return np.array([self._model.classify(text) >= 0.5 for text in texts])

    def size(self) -> int:
        """Bytes of the trained model, pickled."""
        return len(pickle.dumps(self._model))
