"""SQL projects of a few words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

WriteProject = Callable[[dict[str, str]], Path]

FILES = {
    "catalog/session.sql": "USE CATALOG headrace;",
    "catalog/sources/comments.sql": "CREATE TABLE comments (content STRING) WITH ('connector' = 'datagen');",
    "catalog/features/scores.sql": "CREATE TABLE scores (score DOUBLE) WITH ('connector' = 'blackhole');",
    "catalog/functions/score.sql": "CREATE FUNCTION score AS 'udf.score' LANGUAGE PYTHON;",
    "catalog/views/scored.sql": "CREATE VIEW scored AS SELECT score(content) AS score FROM comments;",
    "sql/comments/scores.sql": "INSERT INTO scores SELECT score FROM scored;",
}


@pytest.fixture
def write_project(tmp_path: Path) -> WriteProject:
    """Writes a small whole project with some files other than usual, and gives its folder; no text means no file."""

    def write(files: dict[str, str]) -> Path:
        root = tmp_path / "project"
        for name, text in {**FILES, **files}.items():
            if text:
                file = root / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        return root

    return write
