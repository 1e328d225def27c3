"""The state that Flink keeps, found in a folder and in object storage alike."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fsspec.core import url_to_fs

from headrace.deploy.kept_state import KeptState
from headrace.errors import DeployError
from headrace.settings import Settings
from tests.unit.object_storage import running_s3

JOB = "3e36643266bb9d667331b5d7bca444e9"
OTHER = "ffff643266bb9d667331b5d7bca444e9"


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "folder":
        yield (tmp_path / "with a blank").as_uri()
    else:
        with running_s3() as bucket:
            # Its buckets outlive it.
            yield f"{bucket}/{tmp_path.name}"


@pytest.fixture
def kept(place: str) -> KeptState:
    return KeptState(f"{place}/checkpoints", f"{place}/savepoints")


def write(url: str, seconds: int = 0) -> str:
    """Writes _metadata below a URL, in a folder at a given moment, and returns the URL."""
    files, path = url_to_fs(f"{url}/_metadata".replace("%20", " "))
    files.makedirs(path.rpartition("/")[0], exist_ok=True)
    files.pipe_file(path, b"metadata")
    if url.startswith("file:"):
        os.utime(path, (seconds, seconds))
    return url


def test_a_job_without_any_has_none(kept: KeptState) -> None:
    write(f"{kept.checkpoints}/{OTHER}/chk-1")
    assert kept.latest(JOB) is None


def test_of_checkpoints_written_in_one_second_the_highest_number_is_the_latest(kept: KeptState) -> None:
    for number in (8, 9, 10):
        write(f"{kept.checkpoints}/{JOB}/chk-{number}", seconds=100)
    assert kept.latest(JOB) == f"{kept.checkpoints}/{JOB}/chk-10"


def test_a_savepoint_that_was_written_later_than_a_checkpoint_is_the_latest(tmp_path: Path) -> None:
    kept = KeptState((tmp_path / "checkpoints").as_uri(), (tmp_path / "savepoints").as_uri())
    write(f"{kept.checkpoints}/{JOB}/chk-7", seconds=100)
    savepoint = write(f"{kept.savepoints}/savepoint-3e3664-7045ad6a90a4", seconds=101)
    assert kept.latest(JOB) == savepoint


def test_a_checkpoint_that_is_not_whole_does_not_count(kept: KeptState) -> None:
    whole = write(f"{kept.checkpoints}/{JOB}/chk-3", seconds=100)
    files, path = url_to_fs(f"{kept.checkpoints}/{JOB}/chk-4/part".replace("%20", " "))
    files.makedirs(path.rpartition("/")[0], exist_ok=True)
    files.pipe_file(path, b"part")
    assert kept.latest(JOB) == whole


def test_a_savepoint_is_removed(kept: KeptState) -> None:
    savepoint = write(f"{kept.savepoints}/savepoint-3e3664-7045ad6a90a4")
    assert kept.remove_savepoint(savepoint)
    assert kept.latest(JOB) is None


def test_what_is_elsewhere_stays(kept: KeptState) -> None:
    elsewhere = write(f"{kept.checkpoints}/savepoint-3e3664-7045ad6a90a4")
    assert not kept.remove_savepoint(elsewhere)
    files, path = url_to_fs(f"{elsewhere}/_metadata".replace("%20", " "))
    assert files.exists(path)


def test_a_savepoint_with_one_slash_as_flink_writes_it(tmp_path: Path) -> None:
    kept = KeptState((tmp_path / "checkpoints").as_uri(), (tmp_path / "savepoints").as_uri())
    folder = tmp_path / "savepoints" / "savepoint-3e3664-7045ad6a90a4"
    write(folder.as_uri())
    assert kept.remove_savepoint(f"file:{folder}")
    assert not folder.exists()


def test_storage_that_does_not_answer_is_told() -> None:
    kept = KeptState("unknown://bucket/checkpoints", "unknown://bucket/savepoints")
    with pytest.raises(DeployError, match=r"unknown://bucket/checkpoints.*cannot be listed.*Name a folder"):
        kept.latest(JOB)


def test_the_settings_name_both_folders(tmp_path: Path) -> None:
    own = Settings(state=tmp_path, savepoints_url="s3://bucket/savepoints/")
    assert KeptState.of(own) == KeptState((tmp_path / "checkpoints").as_uri(), "s3://bucket/savepoints")
