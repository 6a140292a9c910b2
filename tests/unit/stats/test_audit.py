"""The difference that showing makes, and how sure it is."""

import numpy as np
import pytest

from pipeline.stats.audit import effect, median


def test_means_and_their_difference_are_those_of_the_given_values():
    found = effect([1, 0, 1, None, 0], [True, True, False, False, False], list("aabbb"), 50)
    assert (found.shown_n, found.hidden_n) == (2, 2)
    assert (found.shown.value, found.hidden.value, found.difference.value) == (0.5, 0.5, 0.0)


def test_the_median_withstands_one_who_left_the_desk():
    seconds = [4.0, 5.0, 6.0, 9000.0, 10.0, 11.0, 12.0]
    found = effect(seconds, [True] * 4 + [False] * 3, list("abcdefg"), 50, median)
    assert (found.shown.value, found.hidden.value, found.difference.value) == (5.0, 11.0, -6.0)


def test_a_weighted_median_is_that_of_the_repeated_values():
    draw = np.random.default_rng(0)
    values, group = draw.normal(size=60), draw.integers(0, 8, 60)
    weights = draw.integers(0, 4, (30, 8))
    for given, found in zip(weights, median(values, group, weights), strict=True):
        repeated = np.repeat(values, given[group])
        assert found == np.quantile(repeated, 0.5, method="inverted_cdf")


@pytest.mark.parametrize("shown", [[True, True], [False, False], [True, False]])
def test_with_one_side_empty_there_is_nothing_to_compare(shown):
    values = [1.0, None] if shown[0] != shown[1] else [1.0, 0.0]
    assert effect(values, shown, ["a", "b"], 50) is None


def coverage(clustered: float) -> float:
    """How often the interval holds the true difference, 0.1, of answers alike inside articles."""
    hits, studies = 0, 200
    for seed in range(studies):
        draw = np.random.default_rng(seed)
        groups = np.repeat(np.arange(60), 8)
        shown = draw.random(480) < 0.5
        lean = np.repeat(draw.choice([-clustered, clustered], 60), 8)
        agrees = draw.random(480) < 0.5 + lean + 0.1 * shown
        found = effect([float(a) for a in agrees], shown.tolist(), [str(g) for g in groups], 300)
        hits += found.difference.low <= 0.1 <= found.difference.high
    return hits / studies


@pytest.mark.parametrize("clustered", [0.0, 0.3])
def test_the_interval_holds_the_true_difference_as_often_as_it_says(clustered):
    assert 0.90 <= coverage(clustered) <= 0.99
