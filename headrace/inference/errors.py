"""The errors of the model part.

HeadraceError
└── InferenceError
    ├── ModelNotFoundError    no such model, version or file
    │   └── NotFetchedError   a version whose files from elsewhere are not here (yet)
    ├── ManifestError         a manifest that does not describe a model
    ├── RouteError            a route that names no version to serve
    ├── StorageError          the storage of the repository cannot be reached, read or written
    ├── FileChangedError      a published file is not the one that was published
    ├── UnlistedFileError     a file in a version's folder that its manifest does not list
    ├── VersionExistsError    a version that is published already
    ├── SignatureError        a version that the SQL functions of its model cannot serve
    ├── ProgramError          a program that is not the one which its manifest describes
    ├── VocabularyError       a vocabulary that the tokenizer cannot use
    ├── GoldenRowError        a model that does not give the results it was published with
    ├── PredictorError        a program that Paddle does not load or run
    ├── FetchError            files from elsewhere cannot be brought here
    └── LoadTimeoutError      a version that takes too long to load
"""

from __future__ import annotations

from headrace.errors import HeadraceError


class InferenceError(HeadraceError):
    """A model cannot be loaded or used; the message names the place, the fact and the remedy."""


class ModelNotFoundError(InferenceError):
    """There is no model, version or file of this name."""


class NotFetchedError(ModelNotFoundError):
    """A version is published, but files of it that its origin has are not here (yet)."""


class ManifestError(InferenceError):
    """A manifest.yaml does not describe a model."""


class RouteError(InferenceError):
    """A route.yaml does not say which version serves."""


class StorageError(InferenceError):
    """The storage of a repository or of its cache cannot be reached, read or written."""


class FileChangedError(InferenceError):
    """A file of a published version differs from what its manifest says."""


class UnlistedFileError(InferenceError):
    """A version's folder has something that its manifest does not list."""


class VersionExistsError(InferenceError):
    """A version of this number is published already."""


class SignatureError(InferenceError):
    """A version answers otherwise than the SQL functions of its model promise."""


class ProgramError(InferenceError):
    """A program takes or gives other tensors than its manifest says."""


class VocabularyError(InferenceError):
    """A vocabulary has entries that the tokenizer cannot tell apart or cannot produce."""


class GoldenRowError(InferenceError):
    """A loaded model does not give the results that it was published with."""


class PredictorError(InferenceError):
    """Paddle does not load or run an exported program."""


class LoadTimeoutError(InferenceError):
    """A version is not loaded after the longest time that it may take."""


class FetchError(InferenceError):
    """The origin of a version's files cannot be reached, or has other files than the manifest says."""
