"""How far annotators agree beyond chance: Krippendorff's alpha, Gwet's AC1, Cohen's kappa."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.stats.compare import Figure, figure
from pipeline.stats.paired import mean_over_pairs, paired
from pipeline.stats.scores import sample_weights

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """One question's agreement over the `units` that two annotators or more answered.

    `observed` is the share of agreeing pairs of answers; alpha and AC1 differ in what they take
    for chance, and part ways where one answer is rare: alpha is the stricter one there. Kappa is
    a measure of two annotators: it is the mean over all pairs of them, a pair weighing the units
    that both answered.
    """

    units: int
    observed: Figure
    alpha: Figure
    ac1: Figure
    kappa: Figure


def agreement(codes: NDArray[Any], classes: int, groups: ArrayLike, draws: int) -> Agreement | None:
    """Agreement with intervals that resample whole groups.

    `codes` [units, annotators] are answers from 0 to `classes` - 1, -1 where none was given;
    `groups` [units] names each unit's article. Units with one answer count for AC1's shares of
    the answers only (as in Gwet's software); None when no unit has two. A coefficient is nan where
    all answers are alike: there is no chance to beat. Within one article nothing can be resampled,
    and the interval is nan.
    """
    counts = np.stack([(codes == c).sum(axis=1) for c in range(classes)], axis=1)
    given = counts.sum(axis=1)
    pairable, answered = given > 1, given > 0
    if not pairable.any():
        return None
    names, group = np.unique(groups, return_inverse=True)
    weights = sample_weights(len(names), draws if len(names) > 1 else 0)

    def summed(values: NDArray[Any], rows: NDArray[np.bool_]) -> Floats:
        return _sums(values, group[rows], weights)

    kept = counts[pairable]
    shares = summed(counts[answered] / given[answered, None], answered)
    with np.errstate(invalid="ignore", divide="ignore"):
        observed: Floats = summed(_agreeing(kept), pairable) / summed(np.ones(len(kept)), pairable)
        alpha = _alpha(summed(_coincidences(kept), pairable))
        ac1 = _ac1(observed, shares / shares.sum(axis=-1, keepdims=True))
    both = paired(codes[pairable], classes, group[pairable])
    kappa = mean_over_pairs(both, weights, _kappa)
    return Agreement(len(kept), *(figure(values) for values in (observed, alpha, ac1, kappa)))


def _sums(values: NDArray[Any], group: NDArray[np.int64], weights: NDArray[np.int64]) -> Floats:
    """Weighted sums [draws, ...] of the units' values [units, ...]."""
    by_group = np.zeros((weights.shape[1], *values.shape[1:]))
    np.add.at(by_group, group, values)
    summed: Floats = np.asarray(np.tensordot(weights, by_group, axes=1), np.float64)
    return summed


def _coincidences(counts: NDArray[np.int64]) -> Floats:
    """Pairs of answers of each unit [units, answers, answers], each unit weighing its answers."""
    pairs = counts[:, :, None] * counts[:, None, :]
    at = np.arange(counts.shape[1])
    pairs[:, at, at] -= counts
    each = (counts.sum(axis=1) - 1)[:, None, None]
    scaled: Floats = np.asarray(pairs / each, np.float64)
    return scaled


def _alpha(coincidences: Floats) -> Floats:
    """Nominal alpha (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011)."""
    totals = coincidences.sum(axis=-1)
    n = totals.sum(axis=-1)
    disagreed = n - np.trace(coincidences, axis1=-2, axis2=-1)
    expected = n**2 - (totals**2).sum(axis=-1)
    alpha: Floats = np.where(expected > 0, 1 - (n - 1) * disagreed / expected, np.nan)
    return alpha


def _agreeing(counts: NDArray[np.int64]) -> Floats:
    """The share of agreeing pairs of answers in each unit."""
    n = counts.sum(axis=1)
    share: Floats = np.asarray((counts * (counts - 1)).sum(axis=1) / (n * (n - 1)), np.float64)
    return share


def _ac1(observed: Floats, shares: Floats) -> Floats:
    """AC1 (Gwet, Brit. J. Math. Stat. Psych. 61, 2008) from mean shares [draws, answers]."""
    chance = (shares * (1 - shares)).sum(axis=-1) / (shares.shape[-1] - 1)
    ac1: Floats = np.where(chance < 1, (observed - chance) / (1 - chance), np.nan)
    return ac1


def _kappa(tables: Floats) -> Floats:
    """Kappa (Cohen, Educ. Psych. Meas. 20, 1960) of two annotators' tables [draws, C, C]."""
    n = tables.sum(axis=(-2, -1))
    by_chance = (tables.sum(axis=-1) * tables.sum(axis=-2)).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = np.trace(tables, axis1=-2, axis2=-1) / n
        chance = by_chance / n**2
        kappa: Floats = np.where(chance < 1, (observed - chance) / (1 - chance), np.nan)
    return kappa
