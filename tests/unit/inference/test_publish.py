"""Publishing: what is refused, that a version appears at once, and that one of several publishers wins."""

from __future__ import annotations

import errno
import json
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from drafts import Draft
from helper_processes import exit_code, run_at_once

from headrace.inference import publish
from headrace.inference.errors import (
    FileChangedError,
    GoldenRowError,
    InferenceError,
    ManifestError,
    ModelNotFoundError,
    PredictorError,
    ProgramError,
    SignatureError,
    StorageError,
    UnlistedFileError,
    VersionExistsError,
    VocabularyError,
)
from headrace.inference.golden import check_probabilities
from headrace.inference.publish import publish_version
from headrace.inference.repository import ModelRepository
from headrace.settings import PROJECT


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Version 7, fit to be published."""
    return Draft(tmp_path / "drafts")


@pytest.fixture
def repository(tmp_path: Path) -> ModelRepository:
    """An empty repository."""
    (tmp_path / "models").mkdir()
    return ModelRepository(tmp_path / "models")


def everything_below(folder: Path) -> list[str]:
    """Relative paths of all files and folders, hidden ones too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def golden_rows(draft: Draft) -> list[dict[str, object]]:
    """The golden rows of a draft."""
    return [json.loads(line) for line in (draft.folder / "golden.jsonl").read_text(encoding="utf-8").splitlines()]


def write_golden_rows(draft: Draft, rows: list[dict[str, object]]) -> None:
    """Replace the golden rows, with a hash that is right."""
    draft.write("golden.jsonl", "".join(f"{json.dumps(row)}\n" for row in rows).encode())


def test_a_published_version_is_the_folder_and_serves_nothing_yet(draft: Draft, repository: ModelRepository) -> None:
    published = publish_version(draft.folder, repository)
    assert (published.name, published.version) == ("sentiment", 7)
    assert repository.models() == ["sentiment"]
    assert repository.versions("sentiment") == [7]
    assert repository.manifest("sentiment", 7) == published
    copy = repository.version_folder("sentiment", 7)
    assert everything_below(copy.parents[1]) == sorted(
        ["sentiment", "sentiment/7", *(f"sentiment/7/{path.name}" for path in draft.folder.iterdir())]
    )
    assert copy.stat().st_mode & 0o777 == draft.folder.stat().st_mode & 0o777
    with pytest.raises(ModelNotFoundError, match=r"route\.yaml: there is no such file"):
        repository.route("sentiment")


def changed_file(draft: Draft) -> None:
    path = draft.folder / "inference.pdiparams"
    path.write_bytes(path.read_bytes()[:-1] + b"\0")


def missing_file(draft: Draft) -> None:
    (draft.folder / "vocabulary.txt").unlink()


def missing_manifest(draft: Draft) -> None:
    (draft.folder / "manifest.yaml").unlink()


def unlisted_file(draft: Draft) -> None:
    (draft.folder / "notes.txt").write_text("forgotten")


def folder_inside(draft: Draft) -> None:
    (draft.folder / "checkpoints").mkdir()


def link(draft: Draft) -> None:
    path = draft.folder / "vocabulary.txt"
    path.rename(draft.folder.parent / "vocabulary.txt")
    path.symlink_to(draft.folder.parent / "vocabulary.txt")


def other_number(draft: Draft) -> None:
    draft.change(version=8)


def without_golden_rows(draft: Draft) -> None:
    (draft.folder / "golden.jsonl").unlink()
    draft.change(files={name: sha256 for name, sha256 in draft.manifest["files"].items() if name != "golden.jsonl"})


def failing_golden_row(draft: Draft) -> None:
    rows = golden_rows(draft)
    rows[0] |= {"label": "negative"}
    write_golden_rows(draft, rows)


def golden_rows_without_an_answer(draft: Draft) -> None:
    write_golden_rows(draft, [row for row in golden_rows(draft) if row["status"] != "ok"])


def other_input_name(draft: Draft) -> None:
    draft.change(inputs=[{"name": "tokens", "shape": [-1], "dtype": "int32"}, draft.manifest["inputs"][1]])


def other_input_type(draft: Draft) -> None:
    draft.change(inputs=[draft.manifest["inputs"][0] | {"dtype": "int64"}, draft.manifest["inputs"][1]])


def other_output_shape(draft: Draft) -> None:
    draft.change(outputs=[draft.manifest["outputs"][0] | {"shape": [-1, 2]}])


def more_labels_than_the_program_gives(draft: Draft) -> None:
    draft.change(labels=[*draft.manifest["labels"], {"name": "neutral", "value": 0.5}])


def tokenizer_of_another_kind(draft: Draft) -> None:
    draft.change(tokenizer={"kind": "word_piece", "file": "vocabulary.txt", "max_tokens": 128, "padding_id": 0})


def broken_program(draft: Draft) -> None:
    draft.write("inference.json", b"{}")


def broken_vocabulary(draft: Draft) -> None:
    draft.write("vocabulary.txt", b"\xff\xfe")


def unknown_model(draft: Draft) -> None:
    draft.change(name="mood")


def unknown_label(draft: Draft) -> None:
    draft.change(labels=[{"name": "bad", "value": 0}, {"name": "positive", "value": 1}])


def labels_turned_round(draft: Draft) -> None:
    draft.change(labels=[{"name": "negative", "value": 1}, {"name": "positive", "value": 0}])


def no_positive_label(draft: Draft) -> None:
    draft.change(labels=[{"name": "negative", "value": 0}, {"name": "neutral", "value": 0.5}])


def other_default(draft: Draft) -> None:
    draft.change(default={"label": "positive", "score": 0.5})


@pytest.mark.parametrize(
    ("spoil", "error", "place", "fact"),
    [
        (changed_file, FileChangedError, "inference.pdiparams", "has sha256"),
        (missing_file, ModelNotFoundError, "vocabulary.txt", "there is no such file"),
        (missing_manifest, ModelNotFoundError, "manifest.yaml", "there is no such file"),
        (unlisted_file, UnlistedFileError, "notes.txt", "is not listed in manifest.yaml"),
        (folder_inside, UnlistedFileError, "checkpoints", "is no regular file"),
        (link, UnlistedFileError, "vocabulary.txt", "is no regular file"),
        (other_number, ManifestError, "manifest.yaml", "is of version 8, and its folder is called '7'"),
        (without_golden_rows, ManifestError, "manifest.yaml", "does not list golden.jsonl"),
        (failing_golden_row, GoldenRowError, "golden.jsonl, line 1", "the model gives positive"),
        (golden_rows_without_an_answer, GoldenRowError, "golden.jsonl", "no row has the status ok"),
        (other_input_name, ProgramError, "inference.json", "the manifest says tokens int32 [-1], rows int32 [-1]"),
        (other_input_type, ProgramError, "inference.json", "the manifest says ids int64 [-1]"),
        (other_output_shape, ProgramError, "inference.json", "the manifest says fetch_name_0 float32 [-1, 2]"),
        (more_labels_than_the_program_gives, ProgramError, "inference.json", "3 labels need float32 of [-1, 3]"),
        (tokenizer_of_another_kind, ProgramError, "inference.json", "word_piece gives int64 of 2 dimension"),
        (broken_program, PredictorError, "inference.json", "Paddle does not load it"),
        (broken_vocabulary, VocabularyError, "vocabulary.txt", "is not UTF-8"),
        (unknown_model, SignatureError, "manifest.yaml", "no function of the catalog serves a model 'mood'"),
        (unknown_label, SignatureError, "manifest.yaml", "label 'bad' is none of negative, neutral, positive"),
        (labels_turned_round, SignatureError, "manifest.yaml", "label 'negative' has the value 1, not 0"),
        (no_positive_label, SignatureError, "manifest.yaml", "there is no label 'positive'"),
        (other_default, SignatureError, "manifest.yaml", "default is positive, 0.5, not neutral, 0.5"),
    ],
)
def test_refused(
    draft: Draft,
    repository: ModelRepository,
    spoil: Callable[[Draft], None],
    error: type[InferenceError],
    place: str,
    fact: str,
) -> None:
    spoil(draft)
    with pytest.raises(error) as raised:
        publish_version(draft.folder, repository)
    assert type(raised.value) is error
    assert str(raised.value).startswith(f"{draft.folder / place}: ")
    assert fact in str(raised.value)
    assert repository.models() == []


def test_an_existing_version_stays(draft: Draft, repository: ModelRepository) -> None:
    publish_version(draft.folder, repository)
    draft.change(created_with=draft.manifest["created_with"] | {"seed": 1})
    with pytest.raises(VersionExistsError, match=r"sentiment/7: is there already.*another number than 7"):
        publish_version(draft.folder, repository)
    assert repository.manifest("sentiment", 7).created_with.seed == 0


def test_every_published_version_can_be_published(repository: ModelRepository) -> None:
    published = ModelRepository(PROJECT / "models")
    for version in published.versions("sentiment"):
        publish_version(published.version_folder("sentiment", version), repository)
    assert repository.versions("sentiment") == published.versions("sentiment")


@pytest.mark.parametrize("failing", range(5))
def test_a_copy_that_fails_leaves_nothing(
    draft: Draft, repository: ModelRepository, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    copied: list[Path] = []

    def copyfile(source: Path, target: Path) -> None:
        if len(copied) == failing:
            target.write_bytes(source.read_bytes()[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        copied.append(target)
        target.write_bytes(source.read_bytes())

    monkeypatch.setattr(publish.shutil, "copyfile", copyfile)
    with pytest.raises(StorageError, match=r"No space left on device.*nothing was published"):
        publish_version(draft.folder, repository)
    assert everything_below(Path(str(repository))) == ["sentiment"]
    monkeypatch.undo()
    publish_version(draft.folder, repository)
    assert repository.versions("sentiment") == [7]


@pytest.mark.parametrize("killing", ["golden.jsonl", "manifest.yaml"])
def test_a_publisher_that_is_killed_leaves_no_version(draft: Draft, repository: ModelRepository, killing: str) -> None:
    assert exit_code("publisher.py", draft.folder, repository, killing) == -signal.SIGKILL
    assert repository.models() == []
    assert not repository.version_folder("sentiment", 7).exists()
    publish_version(draft.folder, repository)
    assert repository.versions("sentiment") == [7]


def test_one_of_several_publishers_wins(tmp_path: Path, repository: ModelRepository) -> None:
    drafts = [Draft(tmp_path / f"publisher{number}") for number in range(4)]
    for number, draft in enumerate(drafts):
        draft.change(created_with=draft.manifest["created_with"] | {"seed": number})
    said = run_at_once("publisher.py", [(draft.folder, repository) for draft in drafts])
    assert said.count("published") == 1
    assert [word.split()[0] for word in said if word != "published"] == ["VersionExistsError"] * 3
    assert repository.manifest("sentiment", 7).created_with.seed == said.index("published")
    assert everything_below(Path(str(repository)))[:2] == ["sentiment", "sentiment/7"]


@pytest.mark.parametrize(
    ("give", "fact"),
    [
        (lambda texts: np.full((len(texts), 2), 1.0), "which are no probabilities"),
        (lambda texts: np.full((len(texts), 2), np.nan), "which are no probabilities"),
        (lambda texts: np.full((len(texts), 3), 1 / 3), r"an array of shape \[\d+, 3\]; 2 labels need \[\d+, 2\]"),
        (
            lambda texts: np.array([[1, 0]] * (len(texts) - 1) + [[0, 1]]),
            r"\[1, 0\] among other texts and \[0, 1\] alone",
        ),
        (
            lambda texts: np.array([[1, 0]] + [[0, 1]] * (len(texts) - 1)),
            r"line 1: the model gives \[1, 0\] among other texts and \[0, 1\] in another order",
        ),
    ],
)
def test_a_row_must_not_depend_on_its_neighbours(
    draft: Draft, give: Callable[[list[str]], np.ndarray], fact: str
) -> None:
    with pytest.raises(GoldenRowError, match=fact):
        check_probabilities(give, 2, draft.folder / "golden.jsonl")
