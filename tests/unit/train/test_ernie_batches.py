"""Batches of rows of similar length."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from train.ernie.batches import LENGTH_STEP, Limits, plan_batches

LENGTHS = st.lists(st.integers(2, 300), min_size=1, max_size=200)


@given(LENGTHS, st.integers(1, 20), st.integers(16, 2000), st.integers(0, 5))
def test_each_row_is_in_one_batch_within_the_limits(lengths: list[int], rows: int, tokens: int, seed: int) -> None:
    array = np.array(lengths)
    batches = plan_batches(array, Limits(rows, tokens), np.random.default_rng(seed))
    assert sorted(np.concatenate(batches).tolist()) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) <= rows
        longest = -(-int(array[batch].max()) // LENGTH_STEP) * LENGTH_STEP
        assert len(batch) == 1 or len(batch) * longest <= tokens


@given(LENGTHS, st.integers(1, 20), st.integers(16, 2000))
def test_the_number_of_batches_does_not_depend_on_the_seed(lengths: list[int], rows: int, tokens: int) -> None:
    plans = [plan_batches(np.array(lengths), Limits(rows, tokens), np.random.default_rng(seed)) for seed in range(3)]
    assert len({len(plan) for plan in plans}) == 1


def test_rows_meet_others_in_another_epoch() -> None:
    lengths = np.full(40, 10)
    first, second = (plan_batches(lengths, Limits(4, 1000), np.random.default_rng(seed)) for seed in (0, 1))
    assert {frozenset(batch.tolist()) for batch in first} != {frozenset(batch.tolist()) for batch in second}
