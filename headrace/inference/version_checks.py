"""All that must be true of a version before it may serve, or be published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from headrace.inference.errors import ManifestError
from headrace.inference.golden import check_golden_rows, check_probabilities
from headrace.inference.manifest import Manifest, read_manifest
from headrace.inference.manifest_parts import GOLDEN_FILE, MANIFEST_FILE
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.program_tensors import check_program
from headrace.inference.signatures import check_signature
from headrace.inference.text_classifier import TextClassifier
from headrace.inference.text_model import TextModel
from headrace.inference.version_files import check_folder

OnStep = Callable[[str], None]
"""Is told each step before it is taken."""


def check_version(folder: Path, on_step: OnStep = lambda _: None) -> Manifest:
    """Check everything about a version in a folder: manifest, files, signature, program, golden rows.

    Args:
        folder: named after the version.
        on_step: for a display of progress.

    Returns:
        Its manifest.

    Raises:
        ModelNotFoundError: the manifest or one of its files is not there.
        ManifestError: the manifest does not describe a model, is of another version than the folder's name says, or
            lists no golden rows.
        UnlistedFileError: the folder holds something else.
        FileChangedError: a file is not what the manifest says.
        SignatureError: the SQL functions of the model cannot serve it.
        ProgramError: the program's tensors are not those of the manifest, or do not fit tokenizer and labels.
        VocabularyError: the tokenizer's file is none.
        PredictorError: Paddle does not load the program.
        GoldenRowError: a golden row does not come out, or a row's result depends on its neighbours.
    """
    on_step("manifest")
    place = folder / MANIFEST_FILE
    manifest = read_manifest(place)
    if folder.name != str(manifest.version):
        raise ManifestError(
            f"{place}: is of version {manifest.version}, and its folder is called {folder.name!r}. Rename the folder, "
            "or correct the manifest."
        )
    if GOLDEN_FILE not in manifest.files:
        raise ManifestError(
            f"{place}: does not list {GOLDEN_FILE} under files. Add the file: texts with the results that the version "
            "gives, so that each worker can check what it loaded."
        )
    on_step("files and their hashes")
    check_folder(folder, manifest)
    on_step("signature")
    check_signature(manifest, str(place))
    on_step("program")
    check_program(folder, manifest)
    on_step("golden rows")
    check_answers(folder, manifest)
    return manifest


def check_answers(folder: Path, manifest: Manifest) -> None:
    """Load a version and compare what it gives with its golden rows.

    Raises:
        VocabularyError: the tokenizer's file is none.
        PredictorError: Paddle does not load the program.
        GoldenRowError: a golden row does not come out, or a row's result depends on its neighbours.
    """
    model = TextModel(folder, manifest)
    golden = folder / GOLDEN_FILE
    check_probabilities(model.probabilities, len(manifest.labels), golden)
    check_golden_rows(TextClassifier(manifest, model.probabilities, MemoryMetrics()), golden)
