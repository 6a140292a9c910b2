from hypothesis import given
from hypothesis import strategies as st

from pipeline.records.summary import Estimate
from pipeline.stats.ranks import tiers

ends = st.integers(-100, 100)
estimates = st.lists(
    st.one_of(
        st.tuples(ends, ends).map(lambda p: Estimate(sum(p) / 200, min(p) / 100, max(p) / 100)),
        ends.map(lambda value: Estimate(value / 100)),
    ),
    max_size=12,
)


@given(estimates)
def test_nothing_is_ranked_above_what_its_interval_overlaps(found):
    order = tiers(found)
    for a, tier_a in zip(found, order, strict=True):
        for b, tier_b in zip(found, order, strict=True):
            if tier_a is not None and tier_b is not None and tier_a < tier_b:
                assert a.low > b.high


@given(estimates)
def test_what_has_no_interval_is_not_ranked_and_all_else_is(found):
    order = tiers(found)
    assert [tier is None for tier in order] == [e.low is None for e in found]
    known = [tier for tier in order if tier is not None]
    assert sorted(set(known)) == list(range(len(set(known))))


def test_intervals_that_are_apart_are_ranked():
    high, low, middle = Estimate(0.8, 0.7, 0.9), Estimate(-0.5, -0.6, -0.4), Estimate(0.1, 0, 0.2)
    assert tiers([low, high, middle]) == [2, 0, 1]


def test_intervals_that_touch_are_not_told_apart():
    assert tiers([Estimate(0.2, 0.1, 0.3), Estimate(0.4, 0.3, 0.5)]) == [0, 0]


def test_a_wide_interval_joins_the_groups_that_it_spans():
    wide = Estimate(0.1, -0.9, 0.9)
    assert tiers([Estimate(0.8, 0.7, 0.85), wide, Estimate(-0.5, -0.6, -0.4)]) == [0, 0, 0]
