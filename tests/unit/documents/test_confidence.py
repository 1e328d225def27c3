"""The formula of confidences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace.documents.fields.candidate import Candidate, Choice, Origin, choose
from headrace.documents.fields.confidence import field_confidence

share = st.floats(0, 1)


def test_a_reading_without_rival_and_checks_is_as_sure_as_reader_and_place() -> None:
    assert field_confidence(Choice("a", 0.9, 0.8), []) == pytest.approx(0.72)


def test_a_rival_that_fits_as_well_halves() -> None:
    assert field_confidence(Choice("a", 0.9, 1.0, runner_up=0.9), []) == pytest.approx(0.45)


def test_agreement_halves_what_is_missing_and_disagreement_halves_all() -> None:
    choice = Choice("a", 0.8, 1.0)
    assert field_confidence(choice, [True]) == pytest.approx(0.9)
    assert field_confidence(choice, [False]) == pytest.approx(0.4)


def test_repaired_and_computed_values_are_never_sure() -> None:
    for origin, most in ((Origin.REPAIRED, 0.8), (Origin.COMPUTED, 0.7)):
        assert field_confidence(Choice("a", 1.0, 1.0, origin=origin), [True, True]) == most


@given(share, share, share, st.lists(st.booleans(), max_size=4), st.sampled_from(Origin))
def test_it_is_a_share(score: float, reader: float, rival: float, checks: list[bool], origin: Origin) -> None:
    assert 0 <= field_confidence(Choice("a", score, reader, rival, origin), checks) <= 1


@given(share, share, st.lists(st.booleans(), max_size=4))
def test_one_more_agreement_never_lowers_and_one_more_disagreement_never_raises(
    score: float, reader: float, checks: list[bool]
) -> None:
    choice = Choice("a", score, reader)
    assert field_confidence(choice, [*checks, True]) >= field_confidence(choice, checks)
    assert field_confidence(choice, [*checks, False]) <= field_confidence(choice, checks)


def test_the_same_value_read_twice_is_no_rival_and_as_sure_as_the_better_reading() -> None:
    choice = choose([Candidate("a", 0.9, 0.5), Candidate("a", 0.7, 0.9), Candidate("b", 0.3, 1.0)])
    assert choice is not None
    assert (choice.value, choice.confidence, choice.runner_up) == ("a", 0.9, 0.3)
    assert choose([]) is None
