"""The record of what was deployed."""

from __future__ import annotations

from pathlib import Path

import pytest

from headrace.deploy.records import Deployment, Records, SqlStatement, StoredObject, depends_on
from headrace.deploy.rollback import choose
from headrace.errors import DeployError
from headrace.settings import Settings
from tests.unit.deploy.deployed import COMMENTS, compiled_job, deployment

JOB = compiled_job()


@pytest.fixture
def records(own_settings: Settings) -> Records:
    return Records(own_settings)


def test_nothing_is_deployed_at_first(records: Records) -> None:
    assert (records.job_names(), records.all_current(), records.catalog()) == ([], {}, {})
    assert records.current("comments") is None


def test_what_is_saved_is_there_for_the_next_command(records: Records, own_settings: Settings) -> None:
    first = records.save(deployment(JOB, outcome="replaced", savepoint="file:/一"), COMMENTS)
    second = records.save(deployment(JOB, number=2), COMMENTS)
    again = Records(own_settings)
    assert again.history("comments") == [first, second]
    assert again.current("comments") == second
    assert again.next_number("comments") == 3
    assert again.plan(first).to_json() == COMMENTS.to_json()


def test_a_deployment_that_failed_leaves_the_one_before(records: Records) -> None:
    first = records.save(deployment(JOB), COMMENTS)
    for number, outcome in ((2, "failed"), (3, "starting")):
        records.save(deployment(JOB, number=number, outcome=outcome), COMMENTS)
    assert records.current("comments") == first


@pytest.mark.parametrize("broken", ["write_text", "replace"])
def test_an_interrupted_write_leaves_the_former_record(
    records: Records, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    first = records.save(deployment(JOB), COMMENTS)

    def interrupted(path: Path, *arguments: object, **_: object) -> None:
        if broken == "write_text":
            with path.open("w") as out:
                out.write(str(arguments[0])[:5])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, broken, interrupted)
        with pytest.raises(KeyboardInterrupt):
            records.update(first, by="bob")
    assert records.history("comments") == [first]


def save_all(records: Records, *deployments: Deployment) -> None:
    for one in deployments:
        records.save(one, COMMENTS)


def test_rolling_back_again_goes_further_back(records: Records) -> None:
    save_all(records, *(deployment(JOB, number=number, outcome="replaced") for number in (1, 2)))
    records.save(deployment(JOB, number=3), COMMENTS)
    current, former = choose(records, "comments", None)
    assert (current.number, former.number) == (3, 2)
    records.update(current, outcome="replaced")
    records.save(deployment(JOB, number=4, rolled_back_to=2), COMMENTS)
    current, former = choose(records, "comments", None)
    assert (current.number, former.number) == (4, 1)
    assert choose(records, "comments", 3)[1].number == 3


def test_what_failed_is_nothing_to_return_to(records: Records) -> None:
    save_all(records, deployment(JOB, outcome="failed"), deployment(JOB, number=2))
    with pytest.raises(DeployError, match="a deployment before the current one that ran"):
        choose(records, "comments", None)
    with pytest.raises(DeployError, match="it is not deployed"):
        choose(records, "holidays", None)


def test_a_job_depends_on_what_its_views_name() -> None:
    def stored(text: str) -> StoredObject:
        return StoredObject(content={}, statement=SqlStatement(file="f", text=text))

    objects = {
        "table comments": stored("CREATE TABLE comments …"),
        "table scores": stored("CREATE TABLE scores …"),
        "table other": stored("CREATE TABLE other …"),
        "view parsed": stored("CREATE VIEW parsed AS SELECT … FROM comments"),
        "view scored": stored("CREATE VIEW scored AS SELECT score(c) FROM parsed"),
        "function score": stored("CREATE FUNCTION score …"),
    }
    found = depends_on(["INSERT INTO scores SELECT * FROM scored"], objects)
    assert list(found) == ["table comments", "table scores", "view parsed", "view scored", "function score"]


def test_the_hash_is_of_the_sql_alone() -> None:
    first, again = deployment(JOB), deployment(JOB, number=2, by="bob")
    other = deployment(compiled_job(sql="INSERT INTO scores SELECT 2"))
    assert first.sql_hash == again.sql_hash != other.sql_hash


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ('{"objects": {"table comments": {"kind": "table"}}}', "objects.table comments.content: Field required"),
        ('{"objects": {', "Invalid JSON: "),
    ],
)
def test_the_catalogs_record_of_another_version(records: Records, text: str, fact: str) -> None:
    records.save_catalog({})
    file = records.folder / "catalog.json"
    file.write_text(text)
    with pytest.raises(DeployError) as error:
        records.catalog()
    assert str(error.value).startswith(f"{file}: not a record of this version of Headrace: {fact}")
    assert "Move it away" in str(error.value)


def test_a_jobs_record_of_another_version(records: Records) -> None:
    records.save(deployment(JOB), COMMENTS)
    file = records.folder / "comments" / "0001.json"
    file.write_text(file.read_text().replace('"number"', '"count"'))
    with pytest.raises(
        DeployError, match=r"0001\.json: not a record of .*: number: Field required\. Correct it by hand"
    ):
        records.history("comments")
