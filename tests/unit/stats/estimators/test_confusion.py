import numpy as np
import pytest

from pipeline.records.held_out import HeldOut
from pipeline.stats.estimators.confusion import held_out_counts, overdispersion


def answer(number, story, source, gold, voice, given, given_voice="author"):
    return HeldOut(str(number), story, source, story, None, gold, voice, given, given_voice, "m")


ANSWERS = [
    answer(0, "x", "甲", {"rules": "critical"}, "author", {"rules": "supportive"}),
    answer(1, "x", "甲", {}, None, {"chips": "neutral"}),
    answer(2, "y", "乙", {"rules": "critical"}, "attributed", {"rules": "critical"}),
]


def test_held_out_answers_are_counted_by_story_area_truth_and_answer():
    found = held_out_counts(ANSWERS, ("rules", "chips"), "all")
    assert found.counts.shape == (2, 2, 4, 4)
    assert found.counts[0, 0, 1, 0] == 1  # critical answered as supportive
    assert found.counts[0, 0, 3, 3] == 1 and found.counts[0, 1, 3, 2] == 1
    assert found.counts[1, 0, 1, 1] == 1
    assert found.counts.sum() == len(ANSWERS) * 2
    assert len(set(found.outlet.tolist())) == 2


def test_what_another_voice_says_is_not_addressed():
    found = held_out_counts(ANSWERS, ("rules",), "author").counts.sum(axis=(0, 1))
    assert found[1, 0] == 1  # the author's
    assert found[3, 1] == 1  # said by another, answered as the author's


@pytest.mark.parametrize("icc", [0.0, 0.02, 0.2])
def test_overdispersion_finds_how_far_groups_are_apart(icc):
    rng = np.random.default_rng(0)
    usual = np.array([0.5, 0.3, 0.15, 0.05])
    concentration = (1 / icc - 1) if icc else 1e9
    groups = [rng.multinomial(60, rng.dirichlet(usual * concentration)) for _ in range(400)]
    value, df = overdispersion(np.array(groups, dtype=float))
    assert value == pytest.approx(icc, abs=0.003 + icc / 8)
    assert df == 399 * 3


@pytest.mark.parametrize("counts", [np.zeros((0, 4)), np.zeros((3, 4)), np.eye(4)[:1] * 9])
def test_nothing_to_compare_is_no_overdispersion(counts):
    assert overdispersion(counts) == (0.0, 0.0)
