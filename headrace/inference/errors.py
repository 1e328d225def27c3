"""The errors of the model part.

HeadraceError
└── InferenceError
    ├── ModelNotFoundError    no such model, version or file
    ├── ManifestError         a manifest that does not describe a model
    ├── RouteError            a route that names no version to serve
    ├── FileChangedError      a published file is not the one that was published
    ├── VocabularyError       a vocabulary that the tokenizer cannot use
    ├── GoldenRowError        a model that does not give the results it was published with
    ├── PredictorError        a program that Paddle does not load or run
    └── LoadTimeoutError      a version that takes too long to load
"""

from __future__ import annotations

from headrace.errors import HeadraceError


class InferenceError(HeadraceError):
    """A model cannot be loaded or used; the message names the place, the fact and the remedy."""


class ModelNotFoundError(InferenceError):
    """There is no model, version or file of this name."""


class ManifestError(InferenceError):
    """A manifest.yaml does not describe a model."""


class RouteError(InferenceError):
    """A route.yaml does not say which version serves."""


class FileChangedError(InferenceError):
    """A file of a published version differs from what its manifest says."""


class VocabularyError(InferenceError):
    """A vocabulary has entries that the tokenizer cannot tell apart or cannot produce."""


class GoldenRowError(InferenceError):
    """A loaded model does not give the results that it was published with."""


class PredictorError(InferenceError):
    """Paddle does not load or run an exported program."""


class LoadTimeoutError(InferenceError):
    """A version is not loaded after the longest time that it may take."""
