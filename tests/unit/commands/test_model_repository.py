"""`headrace model list | show | publish | verify | diff | fetch`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from headrace.cli import app
from headrace.settings import PROJECT


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository that the commands use: `sentiment` 1, which serves, and 7, a copy that says 30 characters more."""
    folder = tmp_path / "models" / "sentiment"
    shutil.copytree(PROJECT / "models" / "sentiment" / "1", folder / "1")
    write_version(folder / "7", 7)
    (folder / "route.yaml").write_text("weights: {1: 80, 7: 0}\n")
    monkeypatch.setenv("HEADRACE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HEADRACE_MODEL_CACHE", str(tmp_path / "cache"))
    return tmp_path / "models"


def write_version(folder: Path, version: int) -> Path:
    """Version 1 under another number, with another limit."""
    shutil.copytree(PROJECT / "models" / "sentiment" / "1", folder)
    manifest = yaml.safe_load((folder / "manifest.yaml").read_text(encoding="utf-8"))
    manifest |= {"version": version, "limits": {"max_characters": manifest["limits"]["max_characters"] + 30}}
    (folder / "manifest.yaml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    """The result of `headrace model …`."""
    return CliRunner().invoke(app, ["model", *map(str, arguments)], catch_exceptions=False)


def json_of(*arguments: object) -> Any:
    """What `headrace model … --json` prints."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def spoil(models: Path, version: int) -> Path:
    """Change a file of a version."""
    path = models / "sentiment" / str(version) / "vocabulary.txt"
    path.write_bytes(path.read_bytes() + b"x\n")
    return path


def test_list(models: Path) -> None:
    first, second = json_of("list")
    size = sum(path.stat().st_size for path in (models / "sentiment" / "1").iterdir())
    assert first == {
        "model": "sentiment",
        "version": 1,
        "weight": 80,
        "shadow": False,
        "task": "text_classification",
        "size": size,
        "is_fetched": True,
        "date": "2026-11-21",
        "accuracy": {"reviews test": 0.8602},
        "error": None,
    }
    assert (second["version"], second["weight"]) == (7, 0)
    lines = run("list").stdout.splitlines()
    assert [line.split()[:3] for line in lines[1:]] == [["sentiment", "1", "80"], ["sentiment", "7", "0"]]
    assert "reviews test 86.0 %" in lines[1]


def test_list_shows_what_is_broken(models: Path) -> None:
    (models / "sentiment" / "7" / "manifest.yaml").write_text("name: [")
    (models / "sentiment" / "route.yaml").write_text("weights: {}")
    result = run("list")
    assert result.exit_code == 1
    assert f"{models}/sentiment/7/manifest.yaml: does not describe a model" in result.stdout
    assert f"{models}/sentiment/route.yaml: does not say which version serves" in result.stdout
    assert [entry["weight"] for entry in json.loads(run("list", "--json").stdout)] == [None, None]


def test_show(models: Path) -> None:
    manifest = yaml.safe_load((models / "sentiment" / "1" / "manifest.yaml").read_text())
    shown = json_of("show", "sentiment", 1)
    assert shown["labels"] == manifest["labels"]
    assert shown["files"] == manifest["files"]
    text = run("show", "sentiment", 1).stdout
    for part in ("negative 0, positive 1", "ids int32 [-1]", "86.0 ± 0.8", manifest["files"]["vocabulary.txt"]):
        assert part in text


def test_an_error_is_a_message(models: Path) -> None:
    result = run("show", "sentiment", 4)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"error: {models}/sentiment/4/manifest.yaml: there is no such file.")


def test_publish(models: Path, tmp_path: Path) -> None:
    folder = write_version(tmp_path / "9", 9)
    result = run("publish", folder)
    assert result.exit_code == 0
    assert f"sentiment version 9: published in {models}" in result.stdout
    assert "headrace model canary sentiment 9" in result.stdout
    assert [entry["version"] for entry in json_of("list")] == [1, 7, 9]
    result = run("publish", folder)
    assert result.exit_code == 1
    assert f"error: {models}/sentiment/9: is there already" in result.stderr


def test_publish_into_another_repository(models: Path, tmp_path: Path) -> None:
    result = run("publish", write_version(tmp_path / "9", 9), "--repository", tmp_path / "others")
    assert result.exit_code == 0
    assert [entry["version"] for entry in json_of("list", "--repository", tmp_path / "others")] == [9]
    assert not (models / "sentiment" / "9").exists()


def test_verify(models: Path) -> None:
    result = run("verify")
    assert (result.exit_code, result.stdout) == (0, "sentiment 1: ok\nsentiment 7: ok\n")
    path = spoil(models, 7)
    result = run("verify", "sentiment")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"sentiment 1: ok\nsentiment 7: FAILED\n  {path}: has sha256")
    assert json_of("verify", "sentiment", 1) == [{"model": "sentiment", "version": 1, "result": "ok", "error": None}]


def test_diff_of_equal_models(models: Path) -> None:
    found = json_of("diff", "sentiment", 1, 7)
    limit = yaml.safe_load((models / "sentiment" / "1" / "manifest.yaml").read_text())["limits"]["max_characters"]
    assert found["fields"] == {"limits.max_characters": [limit, limit + 30]}
    assert found["metrics"]["reviews test accuracy"] == [0.8602, 0.8602]
    assert found["label_changes"] == []
    assert found["texts"] > 20
    assert {row["scores"][0] - row["scores"][1] for row in found["largest_differences"]} == {0}
    assert len(found["largest_differences"]) == 10


def test_diff_on_texts_of_ones_own(models: Path, tmp_path: Path) -> None:
    """Version 7 takes texts of 30 characters more: there version 1 has its default, version 7 an answer."""
    limit = yaml.safe_load((models / "sentiment" / "1" / "manifest.yaml").read_text())["limits"]["max_characters"]
    texts = ["很好，很满意", "太差了" * ((limit + 20) // 3), "很好，很满意"]
    (tmp_path / "texts.txt").write_text("\n".join(texts), encoding="utf-8")
    found = json_of("diff", "sentiment", 1, 7, "--texts", tmp_path / "texts.txt", "--rows", 1)
    assert found["texts"] == 2
    assert found["label_changes"] == [{"from": "neutral", "to": "negative", "texts": 1}]
    [largest] = found["largest_differences"]
    assert largest["text"] == texts[1]
    assert largest["labels"] == ["neutral", "negative"]
    text = run("diff", "sentiment", 1, 7, "--texts", tmp_path / "texts.txt").stdout
    assert "1 of 2 texts get another label: neutral → negative 1" in text


def test_fetch_into_the_cache(models: Path, tmp_path: Path) -> None:
    assert run("publish", models / "sentiment" / "7", "--repository", "memory://fetched").exit_code == 0
    result = run("fetch", "sentiment", "--repository", "memory://fetched")
    assert result.exit_code == 0
    [folder] = (tmp_path / "cache").glob("*/sentiment/7")
    assert f"sentiment version 7: in {folder}" in result.stdout
    assert (folder / "vocabulary.txt").read_bytes() == (models / "sentiment" / "7" / "vocabulary.txt").read_bytes()


def test_fetch_from_another_repository(models: Path, tmp_path: Path) -> None:
    other = tmp_path / "others"
    result = run("fetch", "sentiment", "--from", models, "--repository", other)
    assert result.exit_code == 0
    assert [entry["version"] for entry in json_of("list", "--repository", other)] == [1, 7]
    assert "sentiment version 7: is in" in run("fetch", "sentiment", "--from", models, "--repository", other).stdout
    result = run("fetch", "sentiment", 7, "--from", models, "--repository", other)
    assert result.exit_code == 1
    assert "sentiment/7: is there already" in result.stderr
    spoil(models, 1)
    result = run("fetch", "sentiment", 1, "--from", models, "--repository", tmp_path / "third")
    assert result.exit_code == 1
    assert "vocabulary.txt: has sha256" in result.stderr


@pytest.mark.parametrize("name", ["list", "show", "publish", "verify", "diff", "fetch"])
def test_help_teaches(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "HEADRACE_MODELS" in result.stdout
