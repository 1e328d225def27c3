"""`headrace lineage` over this project, and what it says when it is asked for something that is not there."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from headrace.cli import app


def lineage(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["lineage", *arguments])


def lines(result: Result) -> list[str]:
    """What was printed, without the lines of the tree and the width of the terminal."""
    assert result.exit_code == 0, result.output
    return [" ".join(line.strip("│├└─ ").split()) for line in result.output.splitlines()]


def test_a_column_shows_what_makes_it_and_what_decides_about_its_rows() -> None:
    found = lines(lineage("item_sentiment.mean_score"))
    assert found[0] == (
        "item_sentiment.mean_score ◆ = AVG(score) sql/comments/item_sentiment.sql:8 "
        "Redis item_sentiment:<item_id>, field mean_score"
    )
    assert found[2].startswith("function:sentiment_detail udf.sentiment.sentiment_detail")
    assert found[3].startswith("model:sentiment version ")
    assert "comments.payload.$.content topic comments, field $.content" in found
    rows = found[found.index("which rows item_sentiment has") :]
    assert "window: TUMBLE 1 minute sql/comments/item_sentiment.sql:10" in rows
    assert "filter: status = 'ok' sql/comments/item_sentiment.sql:11" in rows
    assert "group: item_id sql/comments/item_sentiment.sql:12" in rows


def test_values_leaves_out_what_only_decides_which_rows_count() -> None:
    found = lines(lineage("item_sentiment.mean_score", "--values"))
    assert not [line for line in found if line.startswith(("window:", "filter:", "group:", "which rows"))]


def test_a_table_shows_each_of_its_columns() -> None:
    found = lines(lineage("item_sentiment", "--depth", "1"))
    assert found[0] == "item_sentiment ◆ feature of job comments, Redis hash item_sentiment:<item_id>"
    assert "item_sentiment.comments ◆ = COUNT(*) sql/comments/item_sentiment.sql:7" in found
    assert "the rows of scored_comments" in found


def test_a_model_shows_the_features_that_it_feeds() -> None:
    found = lines(lineage("--model", "sentiment"))
    table = found[found.index("") + 1 :]
    assert table[0] == "feature job kept in makes or chooses the value of decides which rows count"
    assert {line.split()[0] for line in table[1:] if line and line.split()[0].endswith(("sentiment", "emotion"))} >= {
        "comment_sentiment",
        "item_sentiment",
        "user_emotion",
        "user_session_emotion",
    }
    assert found == lines(lineage("model:sentiment", "--downstream")) == lines(lineage("model:sentiment"))


def test_a_topic_and_its_fields_show_what_they_feed() -> None:
    assert lines(lineage("topic:comments", "--depth", "1"))[0] == "comments topic comments"
    field = lines(lineage("comments.$.content"))
    assert field == lines(lineage("$.content", "--downstream"))
    assert field[0] == "comments.payload.$.content topic comments, field $.content"
    assert lines(lineage("comments.$.content", "--upstream"))[0] == field[0]


def test_a_project_shows_what_feeds_each_feature() -> None:
    found = lines(lineage())
    assert found[0] == "feature job tables views functions models"
    assert "item_sentiment comments comments parsed_comments, scored_comments sentiment_detail sentiment" in found, (
        found
    )


def test_json_has_nodes_edges_and_features() -> None:
    result = lineage("model:sentiment", "--json", "--depth", "2")
    document = json.loads(result.output)
    assert document["direction"] == "downstream"
    assert document["start"] == "model:sentiment"
    names = {node["id"] for node in document["nodes"]}
    assert {"model:sentiment", "function:sentiment_detail", "scored_comments.score"} <= names
    assert all(edge["source"] in names and edge["target"] in names for edge in document["edges"])
    assert "scored_comments.score" in document["cut"]
    assert "item_sentiment" in {feature["feature"] for feature in document["features"]}
    whole = json.loads(lineage("--json").output)
    assert whole["direction"] == "whole"
    assert len(whole["nodes"]) > len(names)


@pytest.mark.parametrize("arguments", [(), ("item_sentiment",), ("--model", "sentiment")])
def test_mermaid_names_each_box_once_and_arrows_go_between_boxes(arguments: tuple[str, ...]) -> None:
    text = lineage(*arguments, "--mermaid").output.splitlines()
    assert text[0] == "flowchart LR"
    boxes = [line.split("[")[0].removeprefix("subgraph").strip() for line in map(str.strip, text)
             if line.startswith(("n", "subgraph")) and "--" not in line and "-." not in line]  # fmt: skip
    assert boxes
    assert len(boxes) == len(set(boxes))
    arrows = [line.split() for line in text if "-->" in line or "-.->" in line]
    assert arrows
    assert all(arrow[0] in boxes and arrow[-1] in boxes for arrow in arrows)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("item_sentiment.mean_scor",),
            "item_sentiment.mean_scor: there is nothing of this name. Did you mean item_sentiment.mean_score?",
        ),
        (
            ("item_sentiment.x",),
            "item_sentiment.x: there is nothing of this name. The columns of item_sentiment are item_id, window_start, "
            "window_end, comments, mean_score, negative_share.",
        ),
        (("itm_sentiment",), "itm_sentiment: there is nothing of this name. Did you mean item_sentiment?"),
        (("--model", "sentimnt"), "model:sentimnt: there is nothing of this name. Did you mean model:sentiment?"),
        (
            ("--model", "translation"),
            "model:translation: there is nothing of this name. The models are model:ocr, model:sentiment.",
        ),
        (("topic:coments",), "topic:coments: there is nothing of this name. Did you mean topic:comments?"),
        (
            ("negative_share",),
            "negative_share: it could be greeting_mood.negative_share, holiday_topic_sentiment.negative_share, "
            "item_sentiment.negative_share. Write which one is meant.",
        ),
        (
            ("item_sentiment", "--model", "sentiment"),
            "item_sentiment and --model sentiment: two questions. Ask one of them.",
        ),
        (
            ("item_sentiment", "-u", "-d"),
            "--upstream and --downstream: two directions. Ask for one of them.",
        ),
    ],
)
def test_what_is_not_there_is_an_error_that_says_what_is(arguments: tuple[str, ...], message: str) -> None:
    result = lineage(*arguments)
    assert result.exit_code == 1
    assert result.output == f"error: {message}\n"
