import numpy as np
import pytest

from pipeline.stats.estimators.clusters import Alike, alike, pooled


def measured(icc, clusters=400, size=10):
    """Values of variance 1 in clusters that share the given part of it."""
    rng = np.random.default_rng(0)
    shared = np.repeat(rng.normal(size=clusters), size) * np.sqrt(icc)
    values = shared + rng.normal(size=clusters * size) * np.sqrt(1 - icc)
    residuals = (values - values.mean())[:, None]
    cluster = np.repeat(np.arange(clusters), size)
    return alike(residuals, float(residuals.var()), np.ones(len(values)), cluster)


@pytest.mark.parametrize("icc", [0.0, 0.1, 0.5])
def test_likeness_within_clusters_is_found(icc):
    found = measured(icc)
    assert found.icc == pytest.approx(icc, abs=0.04)
    assert (found.df, found.size, found.n) == pytest.approx((399, 10, 4000))


def test_values_that_are_all_alike_in_a_cluster_are_worth_one_a_cluster():
    found = Alike(icc=1.0, df=1e9, size=10, n=400)
    assert found.worth(0.0) == pytest.approx(40)


def test_a_single_cluster_takes_the_likeness_of_the_others():
    one = alike(np.ones((8, 1)), 0.2, np.ones(8), np.zeros(8, dtype=int))
    assert (one.df, one.size) == (0, 8)
    assert one.worth(0.5) == pytest.approx(8 / (1 + 7 * 0.5))


def test_the_pool_lies_between_the_prior_and_what_is_found():
    assert pooled([], 0.2) == pytest.approx(0.2)
    assert 0.2 < pooled([measured(0.5, clusters=10)], 0.2) < 0.6
    assert pooled([measured(0.5)], 0.2) == pytest.approx(0.5, abs=0.05)


def test_nothing_counted_is_worth_nothing():
    assert alike(np.zeros((3, 1)), 0.0, np.zeros(3), np.arange(3)).worth(0.2) == 0


def test_values_that_differ_by_rounding_only_say_nothing_of_likeness():
    residuals = np.array([[1e-16], [-1e-16], [1e-16], [1e-16]])
    found = alike(residuals, 1e-16, np.ones(4), np.array([0, 0, 0, 1]))
    assert (found.icc, found.df) == (0, 0)
