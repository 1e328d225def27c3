"""Fetching: files that a repository does not hold come from a wheel, a folder or PaddleOCR's own download."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from origins import WEIGHTS, write_manifest, write_version, write_wheel
from typer.testing import CliRunner, Result

from headrace.cli import app
from headrace.inference.errors import FetchError, FileChangedError, InferenceError, NotFetchedError, StorageError
from headrace.inference.fetch import complete_version
from headrace.inference.manifest import read_manifest
from headrace.inference.origin import fetch_files
from headrace.inference.publish import publish_version
from headrace.inference.repository import ModelRepository
from headrace.inference.storage import RemoteStorage
from headrace.inference.summary import summaries
from headrace.settings import PROJECT


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one folder in which pip looks for wheels."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def version(tmp_path: Path, wheels: Path) -> Path:
    """Version 1 of `ocr`, whose weights are in a wheel."""
    folder = tmp_path / "models" / "ocr" / "1"
    write_version(folder, write_wheel(wheels))
    (folder.parent / "route.yaml").write_text("weights: {1: 100}\n")
    return folder


def weights_of(version: Path) -> dict[str, bytes]:
    return {file: (version / file).read_bytes() for file in WEIGHTS if (version / file).exists()}


def fetch(version: Path) -> list[str]:
    return fetch_files(version, read_manifest(version / "manifest.yaml"))


def run(version: Path, *arguments: str) -> Result:
    repository = "--repository", str(version.parents[1])
    return CliRunner().invoke(app, ["model", *arguments, *repository], catch_exceptions=False)


def test_out_of_a_wheel(version: Path) -> None:
    assert sorted(fetch(version)) == sorted(WEIGHTS)
    assert weights_of(version) == WEIGHTS
    assert ModelRepository(version.parents[1]).manifest("ocr", 1).version == 1
    hidden = list(version.rglob(".*"))
    assert hidden == []


def test_what_is_there_needs_no_network(version: Path, wheels: Path) -> None:
    fetch(version)
    shutil.rmtree(wheels)
    assert fetch(version) == []
    (version / "detection" / "inference.pdmodel").unlink()
    with pytest.raises(FetchError, match=r"small-ocr==1\.0: pip does not get it(.|\n)*PIP_FIND_LINKS"):
        fetch(version)


def test_only_what_is_missing_or_wrong_is_brought(version: Path) -> None:
    fetch(version)
    (version / "detection" / "inference.pdmodel").unlink()
    (version / "recognition" / "inference.pdiparams").write_bytes(b"half")
    untouched = (version / "recognition" / "inference.pdmodel").stat().st_mtime_ns
    assert sorted(fetch(version)) == ["detection/inference.pdmodel", "recognition/inference.pdiparams"]
    assert weights_of(version) == WEIGHTS
    assert (version / "recognition" / "inference.pdmodel").stat().st_mtime_ns == untouched


def test_another_wheel_of_the_same_name(version: Path, wheels: Path) -> None:
    write_wheel(wheels, WEIGHTS | {"detection/inference.pdmodel": b"changed"})
    with pytest.raises(FetchError, match="THESE PACKAGES DO NOT MATCH THE HASHES"):
        fetch(version)
    assert weights_of(version) == {}


def test_another_content_than_the_manifest_says(version: Path, wheels: Path) -> None:
    origin = write_wheel(wheels, WEIGHTS | {"recognition/inference.pdmodel": b"changed"})
    write_version(version, origin)
    with pytest.raises(FileChangedError, match=r"small_ocr/models/recognition/inference\.pdmodel of wheel small-ocr"):
        fetch(version)
    assert "recognition/inference.pdmodel" not in weights_of(version)
    assert weights_of(version).items() <= WEIGHTS.items()


def test_a_wheel_without_a_member(version: Path, wheels: Path) -> None:
    write_version(version, write_wheel(wheels, {"detection/inference.pdmodel": b"detection program"}))
    with pytest.raises(FetchError, match=r"wheel small-ocr==1\.0 of PyPI: has no small_ocr/models/"):
        fetch(version)


def test_a_folder_that_cannot_be_written(version: Path) -> None:
    (version / "detection" / "inference.yml").unlink()
    (version / "detection").rmdir()
    (version / "detection").write_text("a file where a folder should be")
    with pytest.raises(StorageError, match="cannot be written"):
        fetch(version)


def test_out_of_a_folder(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    for file, content in WEIGHTS.items():
        (shared / file).parent.mkdir(parents=True, exist_ok=True)
        (shared / file).write_bytes(content)
    version = tmp_path / "models" / "ocr" / "1"
    manifest = write_version(version, {"kind": "folder", "folder": str(shared), "members": {f: f for f in WEIGHTS}})
    assert len(fetch(version)) == len(WEIGHTS)
    assert weights_of(version) == WEIGHTS
    (version / "detection" / "inference.pdmodel").unlink()
    manifest["origin"]["members"]["detection/inference.pdmodel"] = "elsewhere/inference.pdmodel"
    write_manifest(version, manifest)
    with pytest.raises(FetchError, match=r"has no elsewhere/inference\.pdmodel"):
        fetch(version)


def paddleocr_version(tmp_path: Path) -> Path:
    version = tmp_path / "models" / "ocr" / "1"
    models = {"detection": "PP-OCRv5_mobile_det", "recognition": "PP-OCRv5_mobile_rec"}
    members = {file: f"{models[file.partition('/')[0]]}/{Path(file).name}" for file in WEIGHTS}
    write_version(version, {"kind": "paddleocr", "members": members})
    return version


def test_through_paddleocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PaddleX itself finds the models; its cache is filled as its download fills it."""
    version = paddleocr_version(tmp_path)
    for file, content in WEIGHTS.items():
        part, _, name = file.partition("/")
        model = {"detection": "PP-OCRv5_mobile_det", "recognition": "PP-OCRv5_mobile_rec"}[part]
        (tmp_path / "paddlex" / "official_models" / model).mkdir(parents=True, exist_ok=True)
        (tmp_path / "paddlex" / "official_models" / model / name).write_bytes(content)
    monkeypatch.setenv("PADDLE_PDX_CACHE_HOME", str(tmp_path / "paddlex"))
    # In a process of its own: PaddleX reads the variable once.
    command = [sys.executable, "-c", "from headrace.cli import app; app()", "model", "fetch", "ocr", "--repository"]
    result = subprocess.run(
        [*command, str(tmp_path / "models")], capture_output=True, text=True, timeout=300, check=False, cwd=PROJECT
    )
    assert result.returncode == 0, result.stderr
    assert weights_of(version) == WEIGHTS


def test_through_paddleocr_without_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from paddlex.inference.utils import official_models

    version = paddleocr_version(tmp_path)

    def refuse(*_: object) -> None:
        raise OSError("the network is away")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(official_models.official_models, "_hosters", None)
    monkeypatch.setattr(type(official_models.official_models), "_save_dir", tmp_path / "none")
    with pytest.raises(FetchError, match="PP-OCRv5_mobile_det: PaddleOCR does not get the model"):
        fetch(version)


def list_them(version: Path) -> None:
    found = run(version, "list")
    assert found.exit_code == 0
    assert "not fetched" in found.output


def verify_by_name(version: Path) -> None:
    found = run(version, "verify", "ocr")
    assert found.exit_code == 1
    assert "ocr 1: FAILED" in found.output
    assert "headrace model fetch ocr" in found.output


def verify_all(version: Path) -> None:
    found = run(version, "verify")
    assert found.exit_code == 0
    assert "ocr 1: not fetched" in found.output


def promote(version: Path) -> None:
    (version.parent / "route.yaml").write_text("weights: {9: 100}\n")
    found = run(version, "promote", "ocr", "1")
    assert found.exit_code == 1
    assert "headrace model fetch ocr" in found.stderr


def publish(version: Path) -> None:
    with pytest.raises(NotFetchedError, match="headrace model fetch ocr"):
        publish_version(version, ModelRepository(version.parents[2] / "others"))


@pytest.mark.parametrize("use", [list_them, verify_by_name, verify_all, promote, publish])
def test_a_version_that_is_not_fetched_says_so(version: Path, use: Callable[[Path], None]) -> None:
    use(version)


def test_a_summary_says_what_is_fetched(version: Path) -> None:
    repository = ModelRepository(version.parents[1])
    [before] = summaries(repository)
    assert (before.is_fetched, before.size, before.error) == (False, None, None)
    assert complete_version(repository, "ocr", 1)
    [after] = summaries(repository)
    assert after.is_fetched
    assert after.size == sum(path.stat().st_size for path in version.rglob("*") if path.is_file())


def test_the_command(version: Path) -> None:
    first, second = run(version, "fetch", "ocr"), run(version, "fetch", "ocr")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "new: " in first.output
    assert "new: " not in second.output


def test_a_version_that_needs_nothing(tmp_path: Path) -> None:
    version = tmp_path / "models" / "ocr" / "1"
    write_version(version, None)
    assert fetch(version) == []
    with pytest.raises(InferenceError, match="there is no such file"):
        complete_version(ModelRepository(tmp_path / "models"), "ocr", 1)


def test_a_repository_with_a_url_holds_all_files(tmp_path: Path, version: Path) -> None:
    """Into its cache with the folders of the version; nothing comes from the origin."""
    fetch(version)
    url = f"memory://{tmp_path.name}"
    storage = RemoteStorage(url)
    for path in version.rglob("*"):
        if path.is_file():
            storage.create(f"ocr/1/{path.relative_to(version)}", path)
    repository = ModelRepository(url, tmp_path / "cache")
    assert repository.missing_files(repository.description("ocr", 1)) == []
    assert complete_version(repository, "ocr", 1) == []
    assert weights_of(repository.version_folder("ocr", 1)) == WEIGHTS
