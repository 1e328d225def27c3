"""Repositories with a URL: S3 (moto answers as it does, over HTTP), plain HTTP, memory; and what keeps them at bay."""

from __future__ import annotations

import functools
import http.server
import shutil
import signal
import socket
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from drafts import Draft
from helper_processes import exit_code, run_at_once
from object_storage import running_s3

from headrace.inference.errors import (
    FileChangedError,
    ManifestError,
    ModelNotFoundError,
    RouteError,
    StorageError,
    VersionExistsError,
)
from headrace.inference.loading import load_text_classifier
from headrace.inference.publish import publish_version
from headrace.inference.repository import ModelRepository
from headrace.inference.storage import RemoteStorage


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """URL of an empty bucket."""
    with running_s3() as url:
        yield url


@pytest.fixture(params=["s3", "memory"])
def url(request: pytest.FixtureRequest) -> str:
    """URL of a repository that nobody else uses."""
    root = request.getfixturevalue("s3") if request.param == "s3" else "memory://models"
    return f"{root}/{uuid.uuid4().hex}"


@pytest.fixture
def repository(url: str, tmp_path: Path) -> ModelRepository:
    """The same, with an empty cache."""
    return ModelRepository(url, tmp_path / "cache")


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Version 7, fit to be published."""
    return Draft(tmp_path / "drafts")


def stored(repository: ModelRepository, path: str, content: bytes) -> None:
    """Write a file into a repository, past all checks."""
    repository.storage.replace(path, content)


def test_publish_and_load(repository: ModelRepository, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    assert repository.models() == []
    publish_version(draft.folder, repository)
    repository.replace_route("sentiment", "weights: {7: 100}\n")
    assert repository.models() == ["sentiment"]
    assert repository.versions("sentiment") == [7]
    monkeypatch.setenv("HEADRACE_MODELS", str(repository))
    monkeypatch.setenv("HEADRACE_MODEL_CACHE", str(draft.folder.parent / "cache"))
    result = load_text_classifier("sentiment").classify(["太差了，再也不买了", "非常好，很满意"])
    assert result.label.tolist() == ["negative", "positive"]
    assert result.model_version.tolist() == ["7", "7"]


def test_the_route_is_read_anew(repository: ModelRepository) -> None:
    repository.replace_route("sentiment", "weights: {1: 100}\n")
    assert repository.route("sentiment").version == 1
    ModelRepository(str(repository)).replace_route("sentiment", "weights: {2: 100}\n")
    assert repository.route("sentiment").version == 2
    with pytest.raises(RouteError, match=r"sentiment/route\.yaml: does not say which version serves"):
        repository.replace_route("sentiment", "weights: {}\n")
    assert repository.route("sentiment").version == 2


def test_what_is_not_there(repository: ModelRepository, draft: Draft) -> None:
    with pytest.raises(ModelNotFoundError, match="has no model 'sentiment'"):
        repository.route("sentiment")
    publish_version(draft.folder, repository)
    with pytest.raises(ModelNotFoundError, match=r"sentiment/route\.yaml: there is no such file"):
        repository.route("sentiment")
    with pytest.raises(ModelNotFoundError, match=r"sentiment/8/manifest\.yaml: there is no such file"):
        repository.version_folder("sentiment", 8)


def test_an_existing_version_stays(repository: ModelRepository, draft: Draft) -> None:
    publish_version(draft.folder, repository)
    draft.change(created_with=draft.manifest["created_with"] | {"seed": 1})
    with pytest.raises(VersionExistsError, match="sentiment/7: is there already"):
        publish_version(draft.folder, repository)
    assert repository.description("sentiment", 7).created_with.seed == 0


def test_one_of_several_publishers_wins(s3: str, tmp_path: Path) -> None:
    """Some differ in the file that is uploaded first, all in the manifest."""
    repository = ModelRepository(f"{s3}/{uuid.uuid4().hex}", tmp_path / "cache")
    drafts = [Draft(tmp_path / f"publisher{number}") for number in range(4)]
    for number, draft in enumerate(drafts):
        if number % 2:
            draft.write("golden.jsonl", f"of publisher {number}".encode())
        draft.change(created_with=draft.manifest["created_with"] | {"seed": number})
    said = run_at_once("publisher.py", [(draft.folder, repository) for draft in drafts])
    assert said.count("published") == 1
    assert [word.split()[0] for word in said if word != "published"] == ["VersionExistsError"] * 3
    assert repository.manifest("sentiment", 7).created_with.seed == said.index("published")


@pytest.mark.parametrize("killing", ["golden.jsonl", "vocabulary.txt", "manifest.yaml"])
def test_a_publisher_that_is_killed_leaves_no_version(s3: str, draft: Draft, tmp_path: Path, killing: str) -> None:
    repository = ModelRepository(f"{s3}/{uuid.uuid4().hex}", tmp_path / "cache")
    assert exit_code("publisher.py", draft.folder, repository, killing) == -signal.SIGKILL
    assert not repository.has("sentiment", 7)
    publish_version(draft.folder, repository)
    assert repository.manifest("sentiment", 7).version == 7


def test_what_another_publisher_left_is_not_mixed_with_ours(repository: ModelRepository, draft: Draft) -> None:
    stored(repository, "sentiment/7/inference.pdiparams", b"of another publisher")
    with pytest.raises(VersionExistsError, match=r"7/inference\.pdiparams: another publisher of this version"):
        publish_version(draft.folder, repository)
    assert not repository.has("sentiment", 7)


def test_a_changed_file_of_the_cache_is_downloaded_again(repository: ModelRepository, draft: Draft) -> None:
    publish_version(draft.folder, repository)
    folder = repository.version_folder("sentiment", 7)
    (folder / "vocabulary.txt").write_bytes(b"changed")
    (folder / "inference.json").unlink()
    (folder / "manifest.yaml").write_bytes(b"broken")
    repository.manifest("sentiment", 7)
    for path in draft.folder.iterdir():
        assert (folder / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("file", ["golden.jsonl", "inference.pdiparams"])
def test_wrong_content_is_refused_and_not_kept(
    repository: ModelRepository, draft: Draft, tmp_path: Path, file: str
) -> None:
    publish_version(draft.folder, repository)
    right = (draft.folder / file).read_bytes()
    stored(repository, f"sentiment/7/{file}", right[:-1])
    with pytest.raises(FileChangedError, match=rf"^{repository}/sentiment/7/{file}: has sha256"):
        repository.version_folder("sentiment", 7)
    kept = [path.name for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert not [name for name in kept if file in name or "manifest" in name]
    stored(repository, f"sentiment/7/{file}", right)
    assert (repository.version_folder("sentiment", 7) / file).read_bytes() == right


def test_manifest_of_another_version(repository: ModelRepository, draft: Draft) -> None:
    stored(repository, "sentiment/8/manifest.yaml", (draft.folder / "manifest.yaml").read_bytes())
    with pytest.raises(ManifestError, match=r"sentiment/8/manifest\.yaml: is of sentiment version 7"):
        repository.version_folder("sentiment", 8)


def test_a_manifest_without_end(repository: ModelRepository) -> None:
    stored(repository, "sentiment/8/manifest.yaml", b"#" * (2 << 20))
    with pytest.raises(ManifestError, match="it has more than 1048576 bytes"):
        repository.description("sentiment", 8)


def test_a_cache_that_cannot_be_written(repository: ModelRepository, draft: Draft, tmp_path: Path) -> None:
    publish_version(draft.folder, repository)
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"cannot be written.*HEADRACE_MODEL_CACHE"):
        ModelRepository(str(repository), tmp_path / "file").version_folder("sentiment", 7)


class CountingHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and counts what was asked for."""

    gets: ClassVar[Counter[str]] = Counter()

    def do_GET(self) -> None:
        self.gets[self.path.rpartition("/")[2]] += 1
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web(draft: Draft, tmp_path: Path) -> Iterator[str]:
    """URL of a repository with version 7, on a web server."""
    shutil.copytree(draft.folder, tmp_path / "web" / "sentiment" / "7")
    (tmp_path / "web" / "sentiment" / "route.yaml").write_text("weights: {7: 100}\n")
    CountingHandler.gets.clear()
    handler = functools.partial(CountingHandler, directory=str(tmp_path / "web"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_web_server_is_a_repository_to_read_from(web: str, tmp_path: Path) -> None:
    repository = ModelRepository(web, tmp_path / "cache")
    assert repository.models() == ["sentiment"]
    assert repository.versions("sentiment") == [7]
    assert repository.route("sentiment").version == 7
    assert repository.manifest("sentiment", 7).version == 7
    with pytest.raises(StorageError, match="Publish to a folder or to object storage"):
        publish_version(Draft(tmp_path / "others", version=8).folder, repository)


def test_several_workers_download_a_version_once(web: str, draft: Draft, tmp_path: Path) -> None:
    said = run_at_once("downloader.py", [(web, tmp_path / "cache")] * 4)
    [folder] = map(Path, set(said))
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in draft.folder.iterdir())
    assert {CountingHandler.gets[path.name] for path in draft.folder.iterdir()} == {1}


def test_a_version_that_is_complete_needs_no_storage(web: str, tmp_path: Path) -> None:
    ModelRepository(web, tmp_path / "cache").version_folder("sentiment", 7)
    CountingHandler.gets.clear()
    repository = ModelRepository(web, tmp_path / "cache")
    assert repository.manifest("sentiment", 7).version == 7
    assert not CountingHandler.gets


def test_storage_that_is_away() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(StorageError, match=rf"^{url}/sentiment/route\.yaml: the storage cannot be used"):
            ModelRepository(url).route("sentiment")


def test_storage_that_is_silent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(StorageError, match=rf"^{url}/route\.yaml: no answer within 0\.3 s"):
            RemoteStorage(url, seconds=0.3).read("route.yaml", 100)


@pytest.mark.parametrize(("url", "fact"), [("gibberish://models", "gibberish"), ("gs://models", "gcsfs")])
def test_a_url_without_a_file_system(url: str, fact: str) -> None:
    with pytest.raises(StorageError, match=rf"^{url}: there is no file system for this URL: .*{fact}"):
        ModelRepository(url)


def test_a_file_url_is_a_folder(models: Path) -> None:
    repository = ModelRepository(models.as_uri())
    assert repository.version_folder("sentiment", 1) == models / "sentiment" / "1"
    assert repository.versions("sentiment") == [1]
