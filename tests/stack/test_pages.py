"""What the documentation's pages show works as it stands there, in the stock SQL client."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from headrace.inference.repository import ModelRepository
from headrace.inference.route_history import RouteHistory
from headrace.settings import PROJECT
from headrace.stack.redis import connect
from headrace.stack.stack import Stack

SESSION = PROJECT / "catalog" / "session.sql"


def blocks(page: str, language: str = "sql") -> list[str]:
    """The SQL that a page shows, or its code in another language."""
    text = (PROJECT / "docs" / page).read_text()
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def redis_page(
    stack: Stack, headrace: Callable[..., subprocess.CompletedProcess[str]], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """What the SQL client prints for all of docs/redis.md, one block after the other."""
    file = tmp_path_factory.mktemp("pages") / "redis.sql"
    file.write_text("\n".join(blocks("redis.md")))
    stack.await_ready()
    result = headrace("sql-client", "--", "-i", str(SESSION), "-f", str(file))
    assert "[ERROR]" not in result.stdout, result.stdout
    return result.stdout


def rows(output: str, columns: int) -> set[tuple[str, ...]]:
    """The rows of all results with so many columns, without their kind."""
    found = set()
    for line in output.splitlines():
        if line.startswith("| +I |"):
            cells = tuple(cell.strip() for cell in line.strip("|").split("|"))[1:]
            if len(cells) == columns:
                found.add(cells)
    return found


def test_table_is_read_back(redis_page: str) -> None:
    assert {(shop, comments, score) for shop, comments, score, _ in rows(redis_page, 4)} == {
        ("s1", "12", "0.82"),
        ("s2", "3", "<NULL>"),
    }


def test_key_is_looked_up_and_joined(redis_page: str) -> None:
    assert rows(redis_page, 1) == {("0.82",)}
    assert rows(redis_page, 2) == {("o1", "0.82"), ("o2", "<NULL>")}


def test_ranking_is_read_back(redis_page: str) -> None:
    assert rows(redis_page, 3) == {("s1", "i1", "40"), ("s1", "i2", "60")}


def test_topic_is_inserted_and_read_back(
    deployed: Stack, headrace: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    file = tmp_path / "holidays.sql"
    file.write_text("SET 'table.dml-sync' = 'true';\n" + "\n".join(blocks("holidays.md")))
    result = headrace("sql-client", "--", "-i", str(SESSION), "-f", str(file))
    assert "[ERROR]" not in result.stdout, result.stdout
    topics = {row[0]: row for row in rows(result.stdout, 5)}
    assert topics["元宵灯会"][1:3] == ("topic", "[灯会, 花灯, 猜灯谜]")
    client = connect(deployed.settings, deployed.addresses)
    stored = json.loads(client.hget("holiday_topics:cn", "元宵灯会"))
    assert stored["active_from"] == "2027-02-12T16:00:00.000Z"


def test_models_page(
    deployed: Stack, headrace: Callable[..., subprocess.CompletedProcess[str]], model_repository: Path
) -> None:
    """From a published version to its canary, and back: each command as it stands there."""
    repository = ModelRepository(model_repository)
    history = model_repository / "sentiment" / "route.history.yaml"
    history.unlink(missing_ok=True)
    route = (model_repository / "sentiment" / "route.yaml").read_text()
    commands = "".join(blocks("models.md", "console")).splitlines()
    assert len(commands) == 10  # and the training before them
    try:
        for line in commands:
            program, *arguments = shlex.split(line)
            assert program == "headrace"
            result = headrace(*arguments)
            assert result.returncode == 0, f"{line}: {result.stdout}{result.stderr}"
        assert [change.command for change in RouteHistory(repository, "sentiment").changes()] == [
            "shadow",
            "canary",
            "promote",
            "rollback",
        ]
        assert repository.route("sentiment").share(2) == 0.2
    finally:
        repository.replace_route("sentiment", route)
