"""`headrace model route`, `canary`, `promote`, `shadow` and `rollback` on a repository, without a stack."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from headrace.cli import app
from headrace.inference.repository import ModelRepository
from headrace.settings import PROJECT
from headrace.testing.models import copy_version


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two versions; the first one serves."""
    folder = tmp_path / "models"
    shutil.copytree(PROJECT / "models" / "sentiment" / "1", folder / "sentiment" / "1")
    copy_version(folder, "sentiment", 1, 2)
    (folder / "sentiment" / "route.yaml").write_text("weights: {1: 100}\n")
    monkeypatch.setenv("HEADRACE_MODELS", str(folder))
    return folder


def model(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["model", *arguments])


def weights(models: Path) -> dict[int, int]:
    return ModelRepository(models).route("sentiment").weights


def test_from_canary_to_rollback(models: Path) -> None:
    for arguments, wanted in (
        (("canary", "sentiment", "2", "--weight", "20"), {1: 80, 2: 20}),
        (("canary", "sentiment", "2", "--steps", "30,50,100", "--every", "0s"), {2: 100}),
        (("rollback", "sentiment"), {1: 50, 2: 50}),
        (("promote", "sentiment"), {2: 100}),
        (("promote", "sentiment", "1"), {1: 100}),
    ):
        result = model(*arguments)
        assert result.exit_code == 0, result.output
        assert weights(models) == wanted
    shown = json.loads(model("route", "sentiment", "--json").stdout)
    assert shown["weights"] == {"1": 100}
    assert [change["command"] for change in shown["changes"]] == [*["canary"] * 4, "rollback", "promote", "promote"]
    assert "rollback" in model("route", "sentiment").stdout


def test_shadow(models: Path) -> None:
    assert model("shadow", "sentiment", "2").exit_code == 0
    assert ModelRepository(models).route("sentiment").shadow == (2,)
    assert model("shadow", "sentiment", "2", "--off").exit_code == 0
    assert ModelRepository(models).route("sentiment").shadow == ()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("canary", "sentiment", "3"), "sentiment/3/manifest.yaml: there is no such file"),
        (("canary", "sentiment", "1"), "no version but 1 serves"),
        (("canary", "sentiment", "2", "--steps", "5,all"), "'all' is no share in percent"),
        (("canary", "sentiment", "2", "--every", "soon"), "'soon' is no time"),
        (("shadow", "sentiment", "1"), "version 1 serves"),
        (("rollback", "sentiment"), "There is nothing to go back to"),
        (("promote", "mood"), "has no model 'mood'"),
    ],
)
def test_refused(models: Path, arguments: tuple[str, ...], message: str) -> None:
    result = model(*arguments)
    assert result.exit_code != 0
    assert message in " ".join(result.output.replace("│", " ").split())
    assert weights(models) == {1: 100}


def test_a_broken_version_gets_no_share(models: Path) -> None:
    (models / "sentiment" / "2" / "vocabulary.txt").unlink()
    for arguments in (("canary", "sentiment", "2"), ("promote", "sentiment", "2"), ("shadow", "sentiment", "2")):
        result = model(*arguments)
        assert result.exit_code == 1
        assert "vocabulary.txt: there is no such file" in result.output.replace("\n", "")
    assert weights(models) == {1: 100}
