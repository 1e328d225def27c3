"""Only what was published is served."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from headrace.inference.errors import (
    FileChangedError,
    GoldenRowError,
    InferenceError,
    ManifestError,
    ModelNotFoundError,
    PredictorError,
    RouteError,
)
from headrace.inference.loading import load_text_classifier
from headrace.inference.repository import ModelRepository
from headrace.inference.version_files import sha256_of


def rewrite(models: Path, file: str, content: bytes) -> None:
    """Change a file of version 1 and enter its new hash into the manifest."""
    folder = models / "sentiment" / "1"
    (folder / file).write_bytes(content)
    manifest = yaml.safe_load((folder / "manifest.yaml").read_text())
    manifest["files"][file] = sha256_of(folder / file)
    (folder / "manifest.yaml").write_text(yaml.safe_dump(manifest))


def load_error(models: Path) -> InferenceError:
    """The error of loading the model."""
    with pytest.raises(InferenceError) as raised:
        load_text_classifier("sentiment", models=models)
    return raised.value


def test_the_published_model_gives_its_golden_rows(models: Path) -> None:
    result = load_text_classifier("sentiment", models=models).classify(["太差了，再也不买了", "非常好，很满意"])
    assert result.label.tolist() == ["negative", "positive"]
    assert result.model_version.tolist() == ["1", "1"]


def test_a_model_is_loaded_once(models: Path) -> None:
    load_text_classifier("sentiment", models=models)
    (models / "sentiment" / "1" / "inference.pdiparams").unlink()
    assert load_text_classifier("sentiment", models=models).classify(["好"]).status.tolist() == ["ok"]


def test_unknown_model(models: Path) -> None:
    with pytest.raises(ModelNotFoundError, match=r"has no model 'mood'.*HEADRACE_MODELS"):
        load_text_classifier("mood", models=models)


def test_environment_names_the_folder(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADRACE_MODELS", str(models / "elsewhere"))
    with pytest.raises(ModelNotFoundError, match="elsewhere: has no model 'sentiment'"):
        load_text_classifier("sentiment")


@pytest.mark.parametrize("file", ["vocabulary.txt", "inference.json", "inference.pdiparams", "golden.jsonl"])
def test_changed_file(models: Path, file: str) -> None:
    path = models / "sentiment" / "1" / file
    path.write_bytes(path.read_bytes() + b" ")
    error = load_error(models)
    assert isinstance(error, FileChangedError)
    assert str(error).startswith(f"{path}: has sha256 {sha256_of(path)}, the manifest says")


def test_missing_file(models: Path) -> None:
    (models / "sentiment" / "1" / "vocabulary.txt").unlink()
    assert isinstance(load_error(models), ModelNotFoundError)


def test_folder_of_another_version(models: Path) -> None:
    (models / "sentiment" / "1").rename(models / "sentiment" / "2")
    with pytest.raises(ManifestError, match="is of sentiment version 1"):
        ModelRepository(models).manifest("sentiment", 2)


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"colour": "red"}, "colour"),
        ({"version": 0}, "version"),
        ({"labels": [{"name": "negative", "value": 0}, {"name": "positive", "value": 1.5}]}, "labels.1.value"),
        ({"files": {}}, "vocabulary.txt is not listed"),
        ({"files": {"../1/vocabulary.txt": "0" * 64}}, "String should match pattern"),
        ({"files": {".hidden": "0" * 64}}, "String should match pattern"),
        ({"files": {f"part{number}": "0" * 64 for number in range(101)}}, "at most 100 items"),
        ({"program": {"model": "/etc/passwd", "parameters": "inference.pdiparams"}}, "program.model"),
        ({"labels": [{"name": "negative", "value": 0}, {"name": "negative", "value": 1}]}, "more than once"),
        ({"tokenizer": {"kind": "char_ngrams", "orders": [1], "file": "a/b"}}, "tokenizer.char_ngrams.file"),
    ],
)
def test_manifest_is_refused(models: Path, change: dict[str, object], fact: str) -> None:
    path = models / "sentiment" / "1" / "manifest.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | change))
    error = load_error(models)
    assert isinstance(error, ManifestError)
    assert str(error).startswith(f"{path}: does not describe a model")
    assert fact in str(error)


@pytest.mark.parametrize(
    ("content", "fact"),
    [
        (b"!!python/object/apply:os.getcwd []", "could not determine a constructor"),
        (b"[" * 5000, "recursion"),
        (b"\xff\xfe", "codec can't decode"),
        (b"#" * (1 << 20) + b"\n", "more than 1048576 bytes"),
    ],
)
def test_manifest_that_is_no_plain_yaml(models: Path, content: bytes, fact: str) -> None:
    path = models / "sentiment" / "1" / "manifest.yaml"
    path.write_bytes(content)
    error = load_error(models)
    assert isinstance(error, ManifestError)
    assert fact in str(error)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "weights: {}",
        "weights: {1: 0}",
        "weights: {1: -1, 2: 2}",
        "weights: {one: 100}",
        "weights: {1: 0.5}",
        "weights: [",
        "share: 1",
        "weights: {1: 100}\nshadow: [1]",
        "weights: {1: 100}\nshadow: [2, 2]",
    ],
)
def test_route_is_refused(models: Path, content: str) -> None:
    path = models / "sentiment" / "route.yaml"
    path.write_text(content)
    error = load_error(models)
    assert isinstance(error, RouteError)
    assert str(error).startswith(f"{path}: does not say which version serves")
    assert "Write `weights: {1: 100}`" in str(error)


def test_route_to_a_version_that_is_not_there(models: Path) -> None:
    (models / "sentiment" / "route.yaml").write_text("weights: {1: 0, 2: 100}")
    error = load_error(models)
    assert isinstance(error, ModelNotFoundError)
    assert str(models / "sentiment" / "2" / "manifest.yaml") in str(error)


def test_missing_route(models: Path) -> None:
    (models / "sentiment" / "route.yaml").unlink()
    assert isinstance(load_error(models), ModelNotFoundError)


def test_program_that_paddle_does_not_load(models: Path) -> None:
    rewrite(models, "inference.json", b"{}")
    error = load_error(models)
    assert isinstance(error, PredictorError)
    assert "inference.json: Paddle does not load it" in str(error)


@pytest.mark.parametrize("change", [{"label": "positive"}, {"score": 0.2}, {"status": "empty"}, {"score": None}])
def test_golden_row_that_does_not_come_out(models: Path, change: dict[str, object]) -> None:
    path = models / "sentiment" / "1" / "golden.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    line = next(number for number, row in enumerate(rows) if row["label"] == "negative")
    rows[line] |= change
    rewrite(models, "golden.jsonl", "".join(f"{json.dumps(row)}\n" for row in rows).encode())
    error = load_error(models)
    assert isinstance(error, GoldenRowError)
    assert str(error).startswith(f"{path}, line {line + 1}: the model gives negative")


def test_unreadable_golden_row(models: Path) -> None:
    rewrite(models, "golden.jsonl", b"{}\n")
    assert isinstance(load_error(models), GoldenRowError)
