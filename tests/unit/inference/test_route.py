"""Routes and their shares: which key goes to which version, in every process the same."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace.inference.route import Route
from headrace.inference.shares import Shares, key_point

KEYS = [f"u{number}" for number in range(20_000)]


def versions_of(route: Route, keys: list[str], model: str = "sentiment") -> list[int]:
    shares = Shares(model, route)
    return [shares.versions[position] for position in shares.assign(keys)]


def test_points_are_the_same_for_ever() -> None:
    """Written down here: another hash would give users other versions in the middle of a canary."""
    points = [key_point("sentiment", key) for key in ("", "u1", "很好", "\ud800")]
    assert points == [0.4151795472661527, 0.4786164373960158, 0.7387163272753157, 0.09721779223541993]


def test_points_are_the_same_in_every_process() -> None:
    code = "from headrace.inference.shares import key_point; print(key_point('sentiment', '用户7').hex())"
    run = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert run == [key_point("sentiment", "用户7").hex()] * 2


def test_models_have_points_of_their_own() -> None:
    both = Route(weights={1: 50, 2: 50})
    same = [one == other for one, other in zip(versions_of(both, KEYS), versions_of(both, KEYS, "mood"), strict=True)]
    assert 0.48 < sum(same) / len(same) < 0.52


@pytest.mark.parametrize("weights", [{1: 80, 2: 20}, {1: 1, 2: 1, 3: 1}, {1: 999, 7: 1}, {1: 0, 2: 5}])
def test_shares_follow_the_weights(weights: dict[int, int]) -> None:
    found = versions_of(Route(weights=weights), KEYS)
    for version, weight in weights.items():
        share = weight / sum(weights.values())
        # Six standard errors of a share of so many keys; the keys are the same in each run.
        assert found.count(version) / len(KEYS) == pytest.approx(
            share, abs=6 * (share * (1 - share) / len(KEYS)) ** 0.5
        )


def test_a_new_version_that_grows_keeps_its_keys() -> None:
    before: set[str] = set()
    for weight in (5, 20, 50, 100):
        route = Route(weights={1: 100 - weight, 2: weight})
        now = {key for key, version in zip(KEYS, versions_of(route, KEYS), strict=True) if version == 2}
        assert before < now
        before = now
    assert before == set(KEYS)


@given(st.lists(st.text(), max_size=20), st.dictionaries(st.integers(1, 9), st.integers(0, 3), min_size=1))
def test_each_key_has_a_version_that_serves(keys: list[str], weights: dict[int, int]) -> None:
    if any(weights.values()):
        route = Route(weights=weights)
        assert set(versions_of(route, keys)) <= set(route.serving)


def test_route_of_the_others_keeps_their_proportions() -> None:
    route = Route(weights={1: 60, 2: 20, 3: 20}, shadow=(4, 5))
    assert route.without([3, 4]) == Route(weights={1: 60, 2: 20}, shadow=(5,))
    assert route.without([1, 2, 3]) is None
    assert str(route) == "3: 20 %, 2: 20 %, 1: 60 %, shadow 4, 5"
