"""Steps of a route, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from served_models import write_route

from headrace.inference.errors import RouteError
from headrace.inference.repository import ModelRepository
from headrace.inference.route import Route
from headrace.inference.route_history import RouteHistory, canary, promote, with_shadow, without_shadow

ONE, TWO = Route(weights={1: 100}), Route(weights={2: 100})


@pytest.mark.parametrize(
    ("before", "percent", "after"),
    [
        ({1: 100}, 20, {1: 80, 2: 20}),
        ({1: 80, 2: 20}, 50, {1: 50, 2: 50}),
        ({1: 60, 2: 20, 3: 20}, 50, {1: 3, 2: 4, 3: 1}),
        ({1: 1, 3: 2}, 7, {1: 31, 2: 7, 3: 62}),
        ({1: 100, 3: 0}, 5, {1: 95, 2: 5}),
    ],
)
def test_canary_keeps_the_others_proportions(before: dict[int, int], percent: int, after: dict[int, int]) -> None:
    route = canary(Route(weights=before), 2, percent)
    assert route.weights == after
    assert route.share(2) == percent / 100


def test_canary_needs_another_version() -> None:
    with pytest.raises(RouteError, match="Use promote"):
        canary(TWO, 2, 20)


def test_a_shadow_that_serves_is_none_any_more() -> None:
    shadowed = with_shadow(ONE, 2)
    assert shadowed == Route(weights={1: 100}, shadow=(2,))
    assert canary(shadowed, 2, 20) == Route(weights={1: 80, 2: 20})
    assert promote(shadowed, 2) == TWO
    assert without_shadow(shadowed, 2) == ONE
    with pytest.raises(RouteError, match="version 1 serves"):
        with_shadow(ONE, 1)


def test_rollback_goes_back_step_by_step(models: Path) -> None:
    write_route(models, "weights: {1: 100}")
    repository = ModelRepository(models)
    history = RouteHistory(repository, "sentiment")
    assert history.former_routes() == []
    half = Route(weights={1: 50, 2: 50}, shadow=(3,))
    history.change("canary", half)
    history.change("promote", TWO)
    assert repository.route("sentiment") == TWO
    assert history.former_routes() == [half, ONE]
    history.change("rollback", half)
    assert history.former_routes() == [ONE]
    history.change("rollback", ONE)
    assert history.former_routes() == []
    assert [change.command for change in history.changes()] == ["canary", "promote", "rollback", "rollback"]
    assert history.changes()[0].after == half


def test_rollback_undoes_an_edit_by_hand(models: Path) -> None:
    write_route(models, "weights: {1: 100}")
    history = RouteHistory(ModelRepository(models), "sentiment")
    history.change("promote", TWO)
    write_route(models, "weights: {3: 100}")
    assert history.former_routes() == [TWO, ONE]
    history.change("rollback", TWO)
    assert history.former_routes() == [ONE]


def test_a_history_that_cannot_be_read(models: Path) -> None:
    (models / "sentiment" / "route.history.yaml").write_text("- {time: yesterday}")
    with pytest.raises(RouteError, match=r"route\.history\.yaml: is no history of routes"):
        RouteHistory(ModelRepository(models), "sentiment").changes()
