from hypothesis import given
from hypothesis import strategies as st

from pipeline.records.summary import Estimate
from pipeline.stats.ranks import Rank, decided, distinct, ranks

HIGH, MIDDLE, LOW = (
    Estimate(0.8, 0.6, 0.9),
    Estimate(0.5, 0.3, 0.65),
    Estimate(-0.2, -0.5, 0.1),
)
RAW = Estimate(0.9)


def test_overlapping_intervals_are_not_told_apart():
    assert distinct(HIGH, LOW) and distinct(LOW, MIDDLE)
    assert not distinct(HIGH, MIDDLE)
    assert not distinct(Estimate(0.2, 0.1, 0.3), Estimate(0.4, 0.3, 0.5))  # they touch


def test_a_figure_without_an_interval_is_told_from_nothing():
    assert not distinct(RAW, LOW)
    assert ranks({"raw": RAW, "low": LOW}) == {"raw": Rank(1, 2), "low": Rank(1, 2)}


def test_an_item_has_all_places_that_it_may_have():
    found = ranks({"high": HIGH, "middle": MIDDLE, "low": LOW})
    assert found == {"high": Rank(1, 2), "middle": Rank(1, 2), "low": Rank(3, 3)}


def test_decided_pairs_name_the_higher_first():
    items = {"high": HIGH, "middle": MIDDLE, "low": LOW, "raw": RAW}
    assert decided(items) == {("high", "low"), ("middle", "low")}


@st.composite
def estimates(draw):
    value, below, over = draw(st.floats(-1, 1)), draw(st.floats(0, 1)), draw(st.floats(0, 1))
    honest = draw(st.booleans())
    return Estimate(value, value - below, value + over) if honest else Estimate(value)


@given(st.dictionaries(st.text(max_size=3), estimates(), max_size=8))
def test_places_are_possible_and_agree_with_the_decided_pairs(items):
    found = ranks(items)
    pairs = decided(items)
    for name, rank in found.items():
        assert 1 <= rank.best <= rank.worst <= len(items)
        assert (name, name) not in pairs
    for a, b in pairs:
        assert (b, a) not in pairs
        assert found[a].best < found[b].worst
        assert found[a].best <= found[b].best and found[a].worst <= found[b].worst
