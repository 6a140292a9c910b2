from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from pipeline.stats.estimators.cell import COVERAGE, NET, figures, stances
from pipeline.stats.estimators.expected import Errors, Expected
from pipeline.stats.estimators.held_out_counts import HeldOutCounts
from tests.unit.stats.estimators.cells import NOT, RATES, TRUTH, cell, cells, drawn


def held(outlets=12, sentences=400, rates=RATES):
    """Held-out counts at given rates, two stories an outlet."""
    rng = np.random.default_rng(0)
    stories = [
        [[rng.multinomial(int(sentences * p), row) for p, row in zip(TRUTH, rates, strict=True)]]
        for _ in range(2 * outlets)
    ]
    outlet = np.repeat(np.arange(outlets), 2)
    return HeldOutCounts(np.array(stories, dtype=float), outlet, ("rules",))


EXPECTED = Expected.learnt(held(), [])
ALONE = Errors(likeness=0.0, wrong=0.2, missed=0.01)


def test_sure_answers_are_counted_as_they_are():
    found = EXPECTED.estimate(cell([0] * 30 + [1] * 10 + [2] * 10 + [NOT] * 50))
    assert found.value == pytest.approx([0.6, 0.2, 0.2, 0.4, 0.5])


def test_a_doubtful_answer_counts_for_less_than_a_sure_one():
    sure, doubtful = [0.95, 0.03, 0.02], [0.1, 0.45, 0.05]
    found = EXPECTED.estimate(cell([0, 1, NOT], p=[sure, doubtful, [0, 0, 0]], unit="article"))
    assert found.value[NET] == pytest.approx((0.95 + 0.1 - 0.03 - 0.45) / 1.6)
    assert found.value[COVERAGE] == pytest.approx(2 / 3)


@given(cells(labelled=False))
def test_figures_are_consistent_shares_and_intervals_hold_them(one):
    for unit in ("source", "article"):
        found = EXPECTED.estimate(replace(one, unit=unit))
        assert 0 <= found.low[COVERAGE] <= found.value[COVERAGE] <= found.high[COVERAGE] <= 1
        if (one.given != NOT).any():
            assert found.value[:3].sum() == pytest.approx(1)
            assert (found.low <= found.value).all() and (found.value <= found.high).all()
            assert found.low[NET] >= -1 and found.high[NET] <= 1
        else:
            assert np.isnan(found.low[:COVERAGE]).all() and np.isnan(found.high[:COVERAGE]).all()


@given(cells(labelled=False))
def test_the_order_of_sentences_changes_nothing(one):
    back = replace(one, **{k: getattr(one, k)[::-1] for k in ("given", "p", "weight", "cluster")})
    for end in ("value", "low", "high"):
        there, here = (getattr(EXPECTED.estimate(x), end) for x in (one, back))
        np.testing.assert_allclose(there, here, atol=1e-9)


def test_intervals_of_articles_hold_what_answers_as_right_as_they_are_probable_stand_for():
    rng = np.random.default_rng(0)
    alone = Expected({"article": ALONE}, frozenset(["rules"]), 0.0, 0.0)
    held_truth = []
    for _ in range(600):
        p = rng.dirichlet([0.9, 0.5, 0.3, 0.2], size=rng.integers(4, 30))
        found = alone.estimate(cell(p[:, :3].argmax(1), p=p[:, :3], unit="article"))
        gold = (p.cumsum(axis=1) < rng.random(len(p))[:, None]).sum(axis=1)
        truth = figures(stances(gold).mean(axis=0))
        held_truth.append((found.low - 1e-9 <= truth) & (truth <= found.high + 1e-9))
    assert (np.mean(held_truth, axis=0)[:COVERAGE] > 0.92).all()
    assert np.mean(held_truth, axis=0)[NET] < 0.99


def width(estimator, one):
    found = estimator.estimate(one)
    return found.high - found.low


def test_outlets_whose_errors_go_together_make_wider_intervals():
    rng = np.random.default_rng(0)
    truths = rng.dirichlet(6 * TRUTH, size=300)
    apart = np.array(
        [[[rng.multinomial(int(400 * p), row) for p, row in zip(truth, RATES, strict=True)]] for truth in truths],
        dtype=float,
    )  # fmt: skip
    one = drawn(3, labels=0, n=3000)
    scattered = Expected.learnt(HeldOutCounts(apart, np.arange(300), ("rules",)), [])
    assert scattered.errors["source"].likeness > 3 * EXPECTED.errors["source"].likeness
    likelier = [[0.6, 0.3, 0.05], [0.3, 0.6, 0.05], [0.1, 0.1, 0.7], [0, 0, 0]]
    one = replace(one, p=np.array(likelier)[one.given])
    assert width(scattered, one)[NET] > 1.3 * width(EXPECTED, one)[NET]


def test_few_stories_make_wider_intervals_than_many():
    few, many = drawn(4, labels=0, stories=2), drawn(4, labels=0, stories=100)
    assert width(EXPECTED, few)[COVERAGE] > 1.5 * width(EXPECTED, many)[COVERAGE]


def test_errors_of_few_held_out_sentences_stay_near_the_usual_ones():
    nothing = Errors.of(np.zeros((2, 3, 4, 4)))
    assert (nothing.likeness, nothing.wrong) == pytest.approx((0.03, 0.5))
    always = np.zeros((400, 1, 4, 4))
    always[:, 0, 0, 0] = 20
    assert Errors.of(always).wrong < 0.05


def test_an_area_that_no_held_out_sentence_addresses_is_not_estimated():
    counts = held()
    counts.counts[:, :, :3] = 0
    found = Expected.learnt(counts, []).estimate(cell([0, 1, 2]))
    assert "no held-out sentence addresses the area" in found


def test_reprints_make_no_interval_narrower():
    likelier = np.array([[0.6, 0.3, 0.05], [0.3, 0.6, 0.05], [0.1, 0.1, 0.7], [0, 0, 0]])
    answers = [0, 1, 2, 3, 0, 0, 3, 3]
    once = cell(answers, p=likelier[answers])
    twice = cell(
        answers * 2, p=likelier[answers * 2], weight=[0.5] * 16, cluster=[*range(8), *range(8)]
    )
    assert width(EXPECTED, twice) == pytest.approx(width(EXPECTED, once), rel=0.04)
