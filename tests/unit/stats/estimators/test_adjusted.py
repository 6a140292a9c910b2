from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stats.estimators.adjusted import Adjusted, on_simplex
from pipeline.stats.estimators.cell import COVERAGE, NET, figures
from pipeline.stats.estimators.confusion import Confusion, HeldOutCounts
from tests.unit.stats.estimators.cells import RATES, TRUTH, cell, cells, drawn


def held(outlets=12, sentences=400, rates=RATES):
    """Held-out counts at given rates, two stories an outlet."""
    rng = np.random.default_rng(0)
    stories = [
        [[rng.multinomial(int(sentences * p), row) for p, row in zip(TRUTH, rates, strict=True)]]
        for _ in range(2 * outlets)
    ]
    outlet = np.repeat(np.arange(outlets), 2)
    return HeldOutCounts(np.array(stories, dtype=float), outlet, ("rules",))


ADJUSTED = Adjusted.learnt(held(), [], 300)
KNOWN = {"rules": Confusion.of(RATES, np.tile(RATES, (100, 1, 1)))}


def test_known_error_rates_give_back_the_truth_exactly():
    n = np.round(10_000 * TRUTH @ RATES).astype(int)
    exact = Adjusted({"source": KNOWN, "article": KNOWN}, 0.0, 0.0)
    found = exact.estimate(cell(np.repeat(np.arange(4), n)))
    assert found.value == pytest.approx(figures(TRUTH[:3]), abs=0.002)


def test_a_classifier_that_makes_no_errors_is_counted_as_it_is():
    right = {"rules": Confusion.of(np.eye(4), np.tile(np.eye(4), (100, 1, 1)))}
    exact = Adjusted({"source": right, "article": right}, 0.0, 0.0)
    found = exact.estimate(cell([0] * 30 + [1] * 10 + [2] * 10 + [3] * 50))
    assert found.value == pytest.approx([0.6, 0.2, 0.2, 0.4, 0.5])
    assert found.low[COVERAGE] == pytest.approx(0.4, abs=0.02)  # that of 50 of 100
    assert found.high[COVERAGE] == pytest.approx(0.6, abs=0.02)


def test_the_bias_of_counting_is_taken_away():
    rates = RATES.copy()
    rates[1] = [0.6, 0.25, 0.1, 0.05]
    estimator = Adjusted.learnt(held(sentences=3000, rates=rates), [], 50)
    many = [drawn(seed, n=30_000, labels=0, rates=rates) for seed in range(10)]
    counted = np.mean([np.bincount(c.given, minlength=4)[:3] / 30_000 for c in many], axis=0)
    adjusted = np.mean([estimator.estimate(c).value for c in many], axis=0)
    truth = figures(TRUTH[:3])
    assert abs(figures(counted)[NET] - truth[NET]) > 0.2
    assert adjusted[NET] == pytest.approx(truth[NET], abs=0.06)


@given(cells(labelled=False))
def test_figures_are_consistent_shares_and_intervals_hold_them(one):
    found = ADJUSTED.estimate(one)
    if (one.given != 3).any():
        assert found.value[:3].sum() == pytest.approx(1)
        assert (found.low <= found.value).all() and (found.value <= found.high).all()
    else:
        assert np.isnan(found.low[:COVERAGE]).all() and np.isnan(found.high[:COVERAGE]).all()
    assert found.value[:3].min() >= 0 and found.value[NET] >= -1
    assert 0 <= found.low[COVERAGE] <= found.value[COVERAGE] <= found.high[COVERAGE] <= 1


@given(cells(labelled=False), st.randoms(use_true_random=False))
def test_the_order_of_sentences_changes_nothing(one, random):
    order = list(range(len(one.given)))
    random.shuffle(order)
    mixed = replace(one, **{k: getattr(one, k)[order] for k in ("given", "weight", "cluster")})
    there, back = ADJUSTED.estimate(one), ADJUSTED.estimate(mixed)
    for end in ("value", "low", "high"):
        np.testing.assert_allclose(getattr(there, end), getattr(back, end), atol=1e-9)


def width(estimator, one):
    found = estimator.estimate(one)
    return found.high - found.low


def test_more_held_out_sentences_make_narrower_intervals():
    one = drawn(3, labels=0)
    few, many = (Adjusted.learnt(held(sentences=n), [], 300) for n in (60, 3000))
    assert (width(many, one) < width(few, one)).all()


def test_outlets_that_err_differently_make_wider_intervals_than_outlets_that_err_alike():
    rng = np.random.default_rng(0)
    alike = held()
    apart = np.array(
        [
            [[rng.multinomial(int(400 * p), rng.dirichlet(8 * row)) for p, row in zip(TRUTH, RATES, strict=True)]]
            for _ in range(24)
        ],
        dtype=float,
    )  # fmt: skip
    one = drawn(3, labels=0, n=3000)
    scattered = Adjusted.learnt(replace(alike, counts=apart), [], 300)
    assert width(scattered, one)[NET] > 1.3 * width(ADJUSTED, one)[NET]


def test_few_stories_make_wider_intervals_than_many():
    few, many = drawn(4, labels=0, stories=2), drawn(4, labels=0, stories=100)
    assert width(ADJUSTED, few)[COVERAGE] > 1.5 * width(ADJUSTED, many)[COVERAGE]


def test_an_area_that_no_held_out_sentence_addresses_is_not_adjusted():
    counts = held()
    counts.counts[:, :, :3] = 0
    found = Adjusted.learnt(counts, [], 10).estimate(cell([0, 1, 2]))
    assert "no held-out sentence addresses the area" in found


def test_stances_that_nothing_is_known_of_are_as_counted_and_open_from_end_to_end():
    found = ADJUSTED.estimate(cell([0, 1] + [3] * 30, unit="article"))
    assert found.value[:NET].tolist() == [0.5, 0.5, 0.0]
    assert (found.low[NET], found.high[NET]) == (-1, 1)


@given(st.lists(st.floats(-5, 5), min_size=4, max_size=4))
def test_the_nearest_shares_sum_to_one_and_shares_stay_as_they_are(values):
    found = on_simplex(np.array(values))
    assert found.min() >= 0 and found.sum() == pytest.approx(1)
    assert on_simplex(found) == pytest.approx(found)
    for other in np.random.default_rng(0).dirichlet(np.ones(4), 50):
        nearest = np.square(found - values).sum()
        assert nearest <= np.square(other - values).sum() + 1e-9
