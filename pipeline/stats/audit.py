"""What showing something to some, drawn at random, does to what they answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.stats.compare import Figure, figure
from pipeline.stats.scores import sample_weights

Floats = NDArray[np.float64]
Statistic = Callable[[Floats, NDArray[np.int64], NDArray[np.int64]], Floats]


@dataclass(frozen=True)
class Effect:
    """A statistic where something was shown, where it was hidden, and the difference (shown -
    hidden), each with its 95 % interval; `shown_n` and `hidden_n` answers."""

    shown_n: int
    hidden_n: int
    shown: Figure
    hidden: Figure
    difference: Figure


def mean(values: Floats, group: NDArray[np.int64], weights: NDArray[np.int64]) -> Floats:
    """Means [draws] of values [n]; `weights` [draws, G] say how often each one's group counts."""
    size = weights.shape[1]
    sums, counts = np.bincount(group, values, size), np.bincount(group, minlength=size)
    with np.errstate(invalid="ignore"):
        means: Floats = (weights @ sums) / (weights @ counts)
    return means


def median(values: Floats, group: NDArray[np.int64], weights: NDArray[np.int64]) -> Floats:
    """Medians [draws], weighted as in `mean`: the least value that half of them don't exceed."""
    order = np.argsort(values, kind="stable")
    ordered, of = values[order], group[order]
    found = np.full(len(weights), np.nan)
    for draw, own in enumerate(weights):
        upto = np.cumsum(own[of])
        if upto[-1]:
            found[draw] = ordered[np.searchsorted(upto, upto[-1] / 2)]
    return found


def effect(
    values: Sequence[float | None],
    shown: Sequence[bool],
    groups: Sequence[str],
    draws: int,
    statistic: Statistic = mean,
) -> Effect | None:
    """Compare values [n] of which None were not given; None when shown or hidden has none.

    Both are taken from the same bootstrap samples of whole `groups` [n] (the articles), so that
    the difference is paired where an article has both, and honest where its sentences are alike.
    """
    given = [i for i, value in enumerate(values) if value is not None]
    if len({shown[i] for i in given}) < 2:
        return None
    names, group = np.unique([groups[i] for i in given], return_inverse=True)
    weights = sample_weights(len(names), draws)
    kept = np.array([values[i] for i in given], dtype=np.float64)
    seen = np.array([shown[i] for i in given])
    with_it, without = (statistic(kept[rows], group[rows], weights) for rows in (seen, ~seen))
    return Effect(
        int(seen.sum()), int((~seen).sum()), figure(with_it), figure(without),
        figure(with_it - without),
    )  # fmt: skip
