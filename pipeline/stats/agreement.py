"""How far annotators agree beyond chance: Krippendorff's alpha, Gwet's AC1."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.stats.compare import Figure, figure
from pipeline.stats.scores import bootstrap_weights

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """One question's agreement over the `units` that two annotators or more answered.

    `observed` is the share of agreeing pairs of answers; alpha and AC1 differ in what they take
    for chance, and part ways where one answer is rare: alpha is the stricter one there.
    """

    units: int
    observed: Figure
    alpha: Figure
    ac1: Figure


def answer_counts(units: Sequence[Sequence[str]], answers: Sequence[str]) -> NDArray[np.int64]:
    """How often each of `answers` was given to each unit, [units, answers]."""
    place = {answer: i for i, answer in enumerate(answers)}
    counts = np.zeros((len(units), len(answers)), dtype=np.int64)
    for row, given in zip(counts, units, strict=True):
        for answer in given:
            row[place[answer]] += 1
    return counts


def agreement(
    counts: NDArray[np.int64], groups: Sequence[Hashable], draws: int
) -> Agreement | None:
    """Agreement from counts [units, answers], with intervals that resample whole groups.

    `groups` names each unit's article. Units with one answer count for AC1's shares of the answers
    only (as in Gwet's software); None when no unit has two. A coefficient is nan where all answers
    are alike: there is no chance to beat.
    """
    given = counts.sum(axis=1)
    paired = given > 1
    if not paired.any():
        return None
    names, group = np.unique([str(g) for g in groups], return_inverse=True)
    drawn = bootstrap_weights(len(names), draws, seed=0)
    weights = np.concatenate([np.ones_like(drawn[:1]), drawn])

    def summed(values: NDArray[Any], rows: NDArray[np.bool_]) -> Floats:
        return _sums(values, group[rows], len(names), weights)

    kept, answered = counts[paired], given > 0
    shares = summed(counts[answered] / given[answered, None], answered)
    with np.errstate(invalid="ignore", divide="ignore"):
        observed: Floats = summed(_agreeing(kept), paired) / summed(np.ones(len(kept)), paired)
        alpha = _alpha(summed(_coincidences(kept), paired))
        ac1 = _ac1(observed, shares / shares.sum(axis=-1, keepdims=True))
    return Agreement(len(kept), figure(observed), figure(alpha), figure(ac1))


def _sums(
    values: NDArray[Any], group: NDArray[np.int64], groups: int, weights: NDArray[np.int64]
) -> Floats:
    """Weighted sums [draws, ...] of the units' values [units, ...]."""
    by_group = np.zeros((groups, *values.shape[1:]))
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
