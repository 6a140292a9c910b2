from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records.anchor import Anchor, AnchorAnswer, AnchorRecord
from pipeline.records.labels import STANCES
from pipeline.stats.anchors import shifts

ANCHORS = [Anchor(f"{a}-{i}", f"{a}", "句", "", "") for a in range(12) for i in range(4)]


def record(stance, areas=("rules",), n=48):
    """Every one of the first n anchors answers `stance`(its number) on rules."""
    answers = {
        anchor.sentence_id: AnchorAnswer({"rules": s} if (s := stance(i)) else {}, "author")
        for i, anchor in enumerate(ANCHORS[:n])
    }
    return AnchorRecord("m", "v1", "c", areas, answers)


EVEN = record(lambda i: "supportive" if i % 2 else "critical")
KINDER = record(lambda i: "critical" if i % 4 == 0 else "supportive")


def test_the_same_answers_shift_nothing():
    (found,) = shifts(ANCHORS, EVEN, EVEN)
    assert (found.changed, found.shift.value, found.shift.low, found.shift.high) == (0, 0, 0, 0)
    assert not found.sure


def test_a_kinder_version_is_measured_with_its_interval():
    (found,) = shifts(ANCHORS, EVEN, KINDER)
    assert (found.sentences, found.changed) == (48, 12)
    assert (found.net_before, found.net_after, found.shift.value) == (0.0, 0.5, 0.5)
    assert found.shift.low > 0 and found.sure


def test_an_answer_that_comes_or_goes_is_a_change():
    fewer = record(lambda i: None if i < 4 else "supportive")
    (found,) = shifts(ANCHORS, record(lambda i: "supportive"), fewer)
    assert (found.changed, found.shift.value) == (4, 0.0)


def test_a_shift_that_hangs_on_one_article_is_not_sure():
    moved = record(lambda i: "supportive" if i % 2 or i < 4 else "critical")
    (found,) = shifts(ANCHORS, EVEN, moved)
    assert found.changed == 2
    assert found.shift.low <= 0 <= found.shift.high and not found.sure


def test_an_area_that_few_articles_address_has_no_interval():
    rare = record(lambda i: "supportive" if i == 0 else None)
    (found,) = shifts(ANCHORS, rare, rare)
    assert found.shift.low is None and found.shift.high is None and not found.sure


def test_only_areas_and_anchors_that_both_versions_answer_are_compared():
    longer = replace(EVEN, areas=("chips", "rules"))
    assert [s.area for s in shifts(ANCHORS, EVEN, longer)] == ["rules"]
    (found,) = shifts(ANCHORS, record(lambda i: "neutral", n=20), EVEN)
    assert (found.sentences, found.changed) == (20, 20)


def test_versions_without_a_common_anchor_have_nothing_to_compare():
    (found,) = shifts(ANCHORS, record(lambda i: "neutral", n=0), EVEN)
    assert (found.sentences, found.changed, found.shift.low) == (0, 0, None)


stances = st.lists(st.sampled_from([None, *STANCES]), min_size=48, max_size=48)


@given(stances, stances)
def test_a_shift_backwards_is_its_opposite(one, two):
    old, new = record(lambda i: one[i]), record(lambda i: two[i])
    (there,), (back,) = shifts(ANCHORS, old, new), shifts(ANCHORS, new, old)
    assert there.changed == back.changed
    assert there.shift.value == pytest.approx(-back.shift.value, abs=1e-9)
    if there.shift.low is not None:
        assert there.shift.low <= there.shift.value <= there.shift.high
        assert there.shift.low == pytest.approx(-back.shift.high, abs=1e-4)
