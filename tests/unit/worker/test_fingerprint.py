"""Two processes are twins, or it is said in what they differ."""

from __future__ import annotations

import site
from pathlib import Path

import pytest

from headrace.worker.fingerprint import difference, fingerprint, installed_packages


def test_only_what_counts_at_an_import_counts() -> None:
    one = fingerprint({"OMP_NUM_THREADS": "1", "HOME": "/a", "PYTHONPATH": "/a", "BOOT_LOG_DIR": "/a"})
    other = fingerprint({"OMP_NUM_THREADS": "1", "HOME": "/b", "PYTHONPATH": "/b"})
    assert difference(one, other) == ""
    assert difference(one, fingerprint({})) == "OMP_NUM_THREADS is '1' there, None here"


def test_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "getsitepackages", lambda: [str(tmp_path)])
    (tmp_path / "a-1.0.dist-info").mkdir()
    before = fingerprint({})
    (tmp_path / "__pycache__").mkdir()  # written by an import
    assert fingerprint({}) == before
    (tmp_path / "a-1.0.dist-info").rename(tmp_path / "a-1.1.dist-info")
    assert difference(before, fingerprint({})) == "other packages are installed than those that it has imported"


def test_a_folder_of_packages_that_does_not_exist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.dist-info").mkdir()
    monkeypatch.setattr(site, "getsitepackages", lambda: [str(tmp_path)])
    alone = installed_packages()
    # As Debian's Python does in a virtual environment.
    monkeypatch.setattr(site, "getsitepackages", lambda: [str(tmp_path / "local"), str(tmp_path)])
    assert installed_packages() == alone
