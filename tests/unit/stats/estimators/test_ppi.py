from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.stats.estimators.cell import COVERAGE, NET, Guess, figures, stances
from pipeline.stats.estimators.ppi import Ppi, spread
from pipeline.stats.estimators.rectify import best_power, inverse_chances, rectify
from tests.unit.stats.estimators.cells import NOT, cell, cells, drawn

LEAST = 1


def weighted_labels(one):
    """The classical estimate: labels alone, each weighted by one over its chance (Hájek)."""
    weights = inverse_chances(one)
    return weights @ stances(one.gold) / weights.sum()


@given(cells())
def test_without_power_it_is_the_labels_weighted_by_their_chances(one):
    assume(one.labelled)
    assert rectify(one, 0.0).parts == pytest.approx(weighted_labels(one))


@given(cells(), st.floats(0, 1))
def test_when_every_sentence_is_labelled_alike_often_predictions_do_not_matter(one, power):
    whole = replace(one, gold=np.maximum(one.gold, 0), chance=np.ones(len(one.given)))
    assert rectify(whole, power).parts == pytest.approx(weighted_labels(whole))


def test_labels_drawn_with_a_known_small_chance_count_for_those_that_were_not():
    # of a critical sentence one in four is drawn, of a supportive one every one
    one = cell([NOT] * 5, [0, 1, -1, -1, -1], [1.0, 0.25, 0, 0, 0])
    assert rectify(one, 0.0).parts == pytest.approx([0.2, 0.8, 0.0])


def test_earlier_labels_stand_for_themselves_and_drawn_ones_for_the_rest():
    # 200 critical sentences were chosen and labelled; of 400 others one in four was drawn
    gold = np.repeat([1, 0, NOT, -1], [200, 50, 50, 300])
    one = cell(np.full(600, NOT), gold, np.repeat([1.0, 0.25, 0.0], [200, 100, 300]))
    assert rectify(one, 0.0).parts == pytest.approx([1 / 3, 1 / 3, 0.0])
    assert one.labelled == 100


def test_a_unit_that_is_labelled_to_the_last_sentence_lacks_no_label():
    assert cell([NOT] * 3, [0, 1, NOT]).labelled == 3
    assert cell([NOT] * 3, [0, 1, -1]).labelled == 0


def test_right_predictions_leave_nothing_to_set_right():
    one = drawn(0)
    right = replace(one, given=np.where(one.gold >= 0, one.gold, one.given))
    everywhere = np.average(stances(right.given), axis=0)
    assert best_power([right]) == pytest.approx(1.0)
    found = rectify(right, 1.0)
    assert found.parts == pytest.approx(everywhere)
    drawn_at = right.gold >= 0
    share = right.weight / right.weight.sum()
    mean = share[:, None] * (stances(right.given) - everywhere)
    assert found.influence[drawn_at] == pytest.approx(mean[drawn_at])  # the labels add nothing


def test_the_variance_of_independent_labels_alone_is_the_textbook_one():
    rng = np.random.default_rng(0)
    gold = rng.choice(4, size=400, p=[0.3, 0.2, 0.1, 0.4])
    found = spread(cell(np.full(400, NOT), gold), 0.0)
    p = (gold != NOT).mean()
    assert found.own[COVERAGE] == pytest.approx(p * (1 - p) / 400, rel=0.01)
    among = gold[gold != NOT]
    share = (among == 0).mean()
    assert found.own[0] == pytest.approx(share * (1 - share) / len(among), rel=0.01)


def test_sentences_that_repeat_each_other_in_a_story_are_worth_one():
    gold = np.random.default_rng(1).choice(4, size=60, p=[0.4, 0.2, 0.1, 0.3])
    alone = spread(cell(np.full(60, NOT), gold), 0.0)
    repeated = cell(np.full(240, NOT), np.repeat(gold, 4), cluster=np.repeat(np.arange(60), 4))
    assert spread(repeated, 0.0).own == pytest.approx(alone.own)


def test_reprints_that_share_their_weight_change_nothing():
    one = drawn(2)
    n = len(one.given)
    both = np.tile(np.arange(n), 2)
    twice = replace(
        one,
        given=one.given[both],
        gold=np.concatenate([one.gold, np.full(n, -1)]),
        chance=np.concatenate([one.chance, np.zeros(n)]),
        weight=np.full(2 * n, 0.5),
        cluster=one.cluster[both],
    )
    ppi = Ppi.pooled([one], LEAST)
    for end in ("value", "low", "high"):
        expected = getattr(ppi.estimate(one), end)
        assert getattr(ppi.estimate(twice), end) == pytest.approx(expected)


@given(cells(), st.floats(0, 1))
def test_figures_are_consistent_shares_and_intervals_hold_them(one, power):
    found = Ppi(power, np.ones(5), LEAST).estimate(one)
    assume(isinstance(found, Guess))
    assert (found.value[:3] >= 0).all() and found.value[:3].sum() == pytest.approx(1)
    assert found.value[NET] == pytest.approx(found.value[0] - found.value[1])
    assert (found.low <= found.value + 1e-9).all() and (found.value <= found.high + 1e-9).all()
    assert found.low.min() >= -1 and found.low[COVERAGE] >= 0 and found.high.max() <= 1


@given(cells(), st.randoms(use_true_random=False))
def test_the_order_of_sentences_changes_nothing(one, random):
    order = list(range(len(one.given)))
    random.shuffle(order)
    mixed = replace(
        one,
        **{k: getattr(one, k)[order] for k in ("given", "gold", "chance", "weight", "cluster")},
    )
    ppi = Ppi(0.6, np.ones(5), LEAST)
    there, back = ppi.estimate(one), ppi.estimate(mixed)
    if isinstance(there, str):
        assert there == back
    else:
        assert there.low == pytest.approx(back.low) and there.high == pytest.approx(back.high)


def test_more_labels_make_narrower_intervals_on_the_average():
    def width(labels):
        found = [drawn(seed, labels=labels) for seed in range(20)]
        ppi = Ppi.pooled(found, LEAST)
        return np.mean([(g := ppi.estimate(one)).high - g.low for one in found], axis=0)

    few, more, many = width(60), width(150), width(400)
    assert (few > more).all() and (more > many).all()


def test_predictions_that_are_right_make_narrower_intervals_than_labels_alone():
    rates = np.eye(4) * 0.92 + 0.02
    found = [drawn(seed, labels=150, rates=rates) for seed in range(20)]
    ppi = Ppi.pooled(found, LEAST)
    labels = replace(Ppi.pooled([replace(c, given=np.full(600, NOT)) for c in found], LEAST))
    assert ppi.power > 0.8 and labels.power == 0

    def width(estimator):
        return np.mean([(g := estimator.estimate(one)).high - g.low for one in found], axis=0)

    assert (width(ppi) < 0.85 * width(labels)).all()


def test_it_says_what_is_missing():
    assert "no randomly drawn labels" in Ppi(0.5, np.ones(5), 0).estimate(cell([0, 1]))
    assert "1 randomly drawn labels, 5 wanted" in Ppi(0.5, np.ones(5), 5).estimate(cell([0], [0]))
    few = Ppi(0.5, np.ones(5), 5).estimate(cell([0] * 9, [0, 0, *[NOT] * 7]))
    assert "2 of the randomly drawn labels address the area" in few


def test_true_shares_lie_in_the_intervals_of_a_classifier_that_is_mostly_wrong():
    rates = np.array([[0.2, 0.5, 0.1, 0.2], [0.6, 0.1, 0.1, 0.2], [0.4, 0.3, 0.1, 0.2], [0.2, 0.1, 0.1, 0.6]])  # fmt: skip
    found = [drawn(seed, rates=rates) for seed in range(100)]
    ppi = Ppi.pooled(found, LEAST)
    truth = figures(np.array([0.15, 0.1, 0.05]))
    guesses = [ppi.estimate(one) for one in found]
    held = np.mean([(g.low <= truth) & (truth <= g.high) for g in guesses], axis=0)
    assert (held >= 0.88).all()  # 95 of 100 less three standard errors
