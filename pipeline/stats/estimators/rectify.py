"""Predictions set right by labels: the mean, and how far each sentence moves it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.records.summary import FIGURES
from pipeline.stats.estimators.cell import COVERAGE, SHARES, SPAN, Cell, Floats, stances
from pipeline.stats.estimators.clusters import LARGEST, cluster_sums


@dataclass(frozen=True)
class Rectified:
    """Shares of all sentences with each stance, `parts` [3], and the `influence` [n, 3] that each
    sentence has on them; `predicted` [n, 3] is what of it would be left if all labels agreed."""

    parts: Floats
    influence: Floats
    predicted: Floats


def rectify(cell: Cell, power: float) -> Rectified:
    """The estimate for a lambda; with 0 it is the labels alone, weighted by 1 / sampling_p."""
    drawn = (cell.gold >= 0)[:, None]
    share = cell.weight / cell.weight.sum()
    chances = inverse_chances(cell)
    chances = chances / chances.sum()
    given = power * stances(cell.given)
    wrong = np.where(drawn, stances(cell.gold) - given, 0.0)
    mean, rectifier = share @ given, chances @ wrong
    of_mean = share[:, None] * (given - mean)
    return Rectified(
        np.maximum(mean + rectifier, 0.0),
        of_mean + chances[:, None] * (wrong - rectifier),
        of_mean - chances[:, None] * (given - chances @ given),
    )


def inverse_chances(cell: Cell) -> Floats:
    """The weight of each label [n], 0.0 where there is none."""
    drawn = cell.gold >= 0
    return np.where(drawn, cell.weight / np.where(drawn, cell.chance, 1), 0.0)


def best_power(cells: Sequence[Cell]) -> float:
    """The lambda of least variance, cov(label, prediction) / var(prediction) within sources."""
    both = alone = 0.0
    for cell in cells:
        weights = inverse_chances(cell)
        weights = weights * (cell.labelled / weights.sum())
        given, gold = stances(cell.given), stances(cell.gold)
        given = given - np.average(given, axis=0, weights=weights)
        gold = gold - np.average(gold, axis=0, weights=weights)
        both += float(weights @ (given * gold).sum(axis=1))
        alone += float(weights @ (given**2).sum(axis=1))
    return float(np.clip(both / alone, 0, 1)) if alone > 0 else 0.0


def variances(influence: Floats, parts: Floats, value: Floats, cell: Cell, held: Floats) -> Floats:
    """Variances [5] of the figures `value` as shares of their span, by the delta method.

    `held` [clusters, 5] is the share of a figure's labels in a cluster, its leverage: sums of
    clusters are divided by the square root of one less it (CR2 of Bell & McCaffrey, 2002).
    """
    addressed = influence.sum(axis=1, keepdims=True)
    moved = (influence - value[:SHARES] * addressed) / parts.sum()
    moved = np.column_stack([moved, moved[:, 0] - moved[:, 1], addressed]) / SPAN
    sums = cluster_sums(moved, cell.cluster)
    return np.asarray((sums**2 / np.maximum(1 - held, 1 - LARGEST)).sum(axis=0))


def by_figure(pair: Floats) -> Floats:
    """[k, 2] of addressing and of all labels to [k, 5] of the figures that rest on them."""
    return np.repeat(pair, [COVERAGE, len(FIGURES) - COVERAGE], axis=1)
