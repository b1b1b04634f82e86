"""Rank fusion: only ranks count, and equals have one order."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Reason
from core.search.fuse import RRF_K, fuse

RANKINGS = st.dictionaries(
    st.sampled_from(["dense", "opinion", "words"]),
    st.lists(st.integers(0, 20), unique=True, max_size=15),
)
WEIGHTS = st.fixed_dictionaries(
    {arm: st.sampled_from([0.0, 0.25, 0.5, 1.0]) for arm in ("dense", "opinion", "words")}
)


def slow_fuse(rankings: dict[str, list[int]], weights: dict[str, float]) -> list[int]:
    """The slow twin: exact fractions, equals by the item itself."""
    items = set(itertools.chain.from_iterable(rankings.values()))
    scores = {
        item: sum(
            Fraction(weights[arm]) / (RRF_K + ranked.index(item) + 1)
            for arm, ranked in rankings.items()
            if item in ranked
        )
        for item in items
    }
    return sorted((item for item in items if scores[item]), key=lambda i: (-scores[i], i))


@given(RANKINGS, WEIGHTS)
def test_f01_fusion_equals_a_slow_reference(
    rankings: dict[str, list[int]], weights: dict[str, float]
) -> None:
    fused = fuse(rankings, weights, key=lambda item: item)
    assert [each.item for each in fused] == slow_fuse(rankings, weights)


def test_f02_equals_are_ordered_by_their_key_not_by_the_arm_that_came_first() -> None:
    one = fuse({"a": [7, 3], "b": [3, 7]}, {"a": 1.0, "b": 1.0}, key=lambda item: item)
    other = fuse({"b": [3, 7], "a": [7, 3]}, {"a": 1.0, "b": 1.0}, key=lambda item: item)
    assert [each.item for each in one] == [each.item for each in other] == [3, 7]


def test_a_hit_keeps_the_reasons_why_it_is_there_the_best_rank_first() -> None:
    (first, *_) = fuse({"words": [9, 4], "dense": [4]}, {"words": 1.0, "dense": 1.0}, key=int)
    assert first.item == 4
    assert first.why == (Reason(arm="dense", rank=1), Reason(arm="words", rank=2))


@pytest.mark.parametrize("weights", [{}, {"words": 0.0}])
def test_an_arm_without_weight_does_not_count(weights: dict[str, float]) -> None:
    assert fuse({"words": [1, 2]}, weights, key=int) == []
