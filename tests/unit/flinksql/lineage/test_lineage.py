"""What columns and rows depend on: each view of a small project, and the features of this one."""

from __future__ import annotations

from functools import cache

import pytest
from lineage_cases import EXPECTED, case_names, case_text, shop_lineage

from headrace.errors import HeadraceError
from headrace.flinksql.lineage import LineageGraph, Node, ServedVersion, read_lineage
from headrace.flinksql.lineage.features import feature_names, fed_features
from headrace.project import read_project
from headrace.settings import PROJECT


@cache
def own() -> LineageGraph:
    return read_lineage(read_project(PROJECT), lambda model: (ServedVersion(3, 1.0),))


@pytest.mark.parametrize("name", case_names())
def test_case(name: str) -> None:
    expected = (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")
    assert case_text(shop_lineage(), name) == expected


def test_no_expected_file_is_without_its_case() -> None:
    assert {file.stem for file in EXPECTED.iterdir()} == set(case_names())


@pytest.mark.parametrize("graph", [own, shop_lineage])
def test_each_column_of_a_feature_is_made_of_something_or_says_why_not(graph: object) -> None:
    found: LineageGraph = graph()  # type: ignore[operator]
    columns = [found.nodes[column] for feature in feature_names(found) for column in found.columns(feature)]
    assert columns
    for column in columns:
        above = found.upstream(column.id, rows=False).nodes.values()
        sources = [node for node in above if node.role == "source"]
        assert sources or column.expression or (column.relation, column.column) == ("turnover", "orders")


def test_everything_is_traced() -> None:
    assert own().untraced == []
    assert shop_lineage().untraced == []


def base(start: str) -> set[str]:
    """The fields and columns of sources that make or choose a value."""
    graph = own()
    return {node.id for node in graph.upstream(start, rows=False).nodes.values()
            if node.role == "source" and not graph.above(node.id)}  # fmt: skip


def test_fields_of_a_message_are_found_behind_what_is_taken_out_of_it() -> None:
    assert "invoices.payload.$.order_id" in base("invoice_check.order_id")
    assert {"invoices.payload.$.image", "orders.payload.$.amount"} <= base("invoice_check.verdict")
    assert {"cards.payload.$.image", "cards.payload.$.ts"} <= base("greeting_mood.mean_score") | base(
        "greeting_mood.utc_hour"
    )


def test_a_score_comes_from_the_model_and_three_fields_of_the_topic() -> None:
    graph = own()
    nodes = graph.upstream("item_sentiment.mean_score", rows=False).nodes
    assert nodes["model:sentiment"].versions == (ServedVersion(3, 1.0),)
    assert {"comments.payload.$.content", "comments.payload.$.user_id"} <= base("item_sentiment.mean_score")
    edges = {(edge.source, edge.kind) for edge in graph.above("scored_comments.score")}
    assert edges == {
        ("function:sentiment_detail", "value"),
        ("parsed_comments.reject_reason", "condition"),
        ("parsed_comments.content", "value"),
        ("parsed_comments.user_id", "value"),
    }


def test_windows_come_from_the_time_of_the_comment() -> None:
    assert base("item_sentiment.window_start") == base("comments.event_time")
    assert base("comments.event_time") == {"comments.payload.$.ts", "comments.kafka_time"}


def test_counts_count_the_rows_of_the_view() -> None:
    assert [(edge.source, edge.kind) for edge in own().above("item_sentiment.comments")] == [
        ("scored_comments", "value")
    ]


def test_rows_of_a_feature_say_what_decides_about_them() -> None:
    kinds = [(edge.kind, edge.source, edge.expression) for edge in own().above("item_sentiment")]
    assert kinds == [
        ("rows", "scored_comments", "FROM"),
        ("window", "scored_comments.event_time", "TUMBLE 1 minute"),
        ("filter", "scored_comments.status", "status = 'ok'"),
        ("filter", "scored_comments.late", "NOT late"),
        ("group", "scored_comments.item_id", "item_id"),
    ]


def test_topics_and_redis_keys_are_named() -> None:
    nodes = own().nodes
    assert nodes["item_sentiment.mean_score"].place == "Redis item_sentiment:<item_id>, field mean_score"
    assert nodes["holiday_topics"].place == "Redis map holiday_topics:<calendar>"
    assert nodes["holiday_topics.topic"].place == "Redis holiday_topics:<calendar>, field name"
    assert nodes["holiday_topics.calendar"].place == "Redis holiday_topics:<calendar>, key"
    assert nodes["comments.kafka_time"].place == "topic comments, metadata timestamp"
    assert nodes["comments.payload"].place == "topic comments, message"
    assert nodes["comments.payload.$.content"].place == "topic comments, field $.content"
    shop = shop_lineage().nodes
    assert shop["orders.price"].place == "topic shop.orders, field price"
    assert shop["orders.offset"].place == "topic shop.orders, metadata offset"
    assert shop["items"].place == "Redis hash shop:{<item>}"
    assert shop["turnover.total"].place == "Redis turnover:<customer>:<city>, field total"


def test_a_model_feeds_all_features_that_read_its_answers() -> None:
    fed = {each.feature: each for each in fed_features(own(), "model:sentiment")}
    of_invoices = {"invoice_check", "invoices_review", "invoices_dead_letters", "orders_dead_letters"}
    assert set(fed) == set(feature_names(own())) - of_invoices
    assert of_invoices & {each.feature for each in fed_features(own(), "model:ocr")} == of_invoices - {
        "orders_dead_letters"
    }
    assert fed["item_sentiment"].values == ("mean_score", "negative_share")
    assert fed["item_sentiment"].rows
    assert not fed["comment_sentiment"].rows


def test_a_depth_limits_the_steps_and_says_where_it_cuts() -> None:
    found = own().upstream("item_sentiment.mean_score", rows=False, depth=1)
    assert set(found.nodes) == {"item_sentiment.mean_score", "scored_comments.score"}
    assert found.cut == {"scored_comments.score"}
    whole = own().upstream("item_sentiment.mean_score", rows=False)
    assert own().upstream("item_sentiment.mean_score", rows=False, depth=20).nodes == whole.nodes
    assert not whole.cut


def test_a_model_repository_that_cannot_be_read_is_told() -> None:
    def refuse(model: str) -> tuple[ServedVersion, ...]:
        raise HeadraceError(f"models/{model}: there is no such folder.\nMore.")

    graph = read_lineage(read_project(PROJECT), refuse)
    assert graph.nodes["model:sentiment"] == Node("model:sentiment", "model")
    assert {each.fact for each in graph.untraced} == {
        f"which versions serve is not known: models/{model}: there is no such folder." for model in ("ocr", "sentiment")
    }
