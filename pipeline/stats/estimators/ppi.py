"""Prediction-powered inference: all predictions, set right by a random sample of labels.

PPI++ (Angelopoulos, Duchi & Zrnic, 2023) with inverse-probability weights and clusters: mean =
lambda * mean of predictions + mean of (label - lambda * prediction) over the sample. It holds
however wrong the classifier is; lambda only decides how much it helps.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from pipeline.records.summary import FIGURES, Estimator
from pipeline.stats.estimators.cell import LOWEST, NOTHING, SPAN, Cell, Floats, Guess, figures
from pipeline.stats.estimators.clusters import cluster_sums
from pipeline.stats.estimators.rectify import (
    best_power,
    by_figure,
    inverse_chances,
    rectify,
    variances,
)
from pipeline.stats.estimators.wilson import wilson
from pipeline.stats.scores import MISSING

LEAST_ADDRESSED = 5
"""Labels that address the area (Kish's effective number); fewer say nothing about its stances."""
OWN_DF = 12.0  # the usual variance counts as so many degrees of freedom beside the cell's own
PRIOR_DF = 5.0  # and a variance without any gain from predictions beside the usual one


@dataclass(frozen=True)
class Spread:
    """Figures [5] as shares of their span, and what is known of their variances.

    `own` is the cell's variance with `df` degrees of freedom, `floor` the part of it that does
    not vanish where all labels agree, `reference` that of labels alone, p (1 - p) / n with
    `smooth` for p.
    """

    value: Floats
    own: Floats
    floor: Floats
    df: Floats
    smooth: Floats
    reference: Floats


@dataclass(frozen=True)
class Ppi:
    """PPI++ with one `power` (lambda) for all sources and areas, and variances drawn to the usual.

    `gain` [5] is the usual variance in units of the reference; `least` labels a unit are asked.
    """

    power: float
    gain: Floats
    least: int
    name: Estimator = "ppi"

    @classmethod
    def pooled(cls, cells: Sequence[Cell], least: int) -> "Ppi":
        """Learn power and gain from the cells of all sources."""
        usable = [cell for cell in cells if cell.labelled >= max(1, least)]
        power = best_power(usable)
        found = [s for cell in usable if isinstance(s := spread(cell, power), Spread)]
        if not found:
            return cls(power, np.ones(len(FIGURES)), least)
        own, df, reference = (
            np.array([getattr(s, name) for s in found]) for name in ("own", "df", "reference")
        )
        prior = PRIOR_DF * reference.mean(axis=0)
        gain = ((df * own).sum(axis=0) + prior) / ((df * reference).sum(axis=0) + prior)
        return cls(power, gain, least)

    def estimate(self, cell: Cell) -> Guess | str:
        """The figures, with Wilson intervals on the effective sample size."""
        if cell.labelled < max(1, self.least):
            return _too_few(cell.labelled, self.least)
        found = spread(cell, self.power)
        if isinstance(found, str):
            return found
        usual = OWN_DF * self.gain * found.reference
        variance = (usual + found.df * found.own) / (OWN_DF + found.df)
        floor = np.minimum(found.floor, variance)
        with np.errstate(divide="ignore"):
            effective = found.smooth * (1 - found.smooth) / (variance - floor)
        t = stats.t.ppf(0.975, OWN_DF + found.df)
        ends = found.value, *wilson(found.value, effective, floor, t)
        return Guess(*(LOWEST + SPAN * end for end in ends))


def spread(cell: Cell, power: float) -> Spread | str:
    """Figures and variances of a cell, or why it has too few labels for them."""
    chances = inverse_chances(cell)
    both = np.column_stack([np.where(cell.gold < MISSING, chances, 0.0), chances])
    n = both.sum(axis=0) ** 2 / np.maximum((both**2).sum(axis=0), NOTHING)  # Kish (1965)
    found = rectify(cell, power)
    if n[0] < LEAST_ADDRESSED or found.parts.sum() <= NOTHING:
        return _too_few_address(int((both[:, 0] > 0).sum()))
    held = cluster_sums(both, cell.cluster)
    held = by_figure(held / held.sum(axis=0))
    value = figures(found.parts)
    own, floor = (
        variances(influence, found.parts, value, cell, held)
        for influence in (found.influence, found.predicted)
    )
    share = np.clip((value - LOWEST) / SPAN, 0, 1)
    counts = by_figure(n[None])[0]
    smooth = (share * counts + 1) / (counts + 2)
    df = np.maximum(1 / (held**2).sum(axis=0) - 1, 0)
    return Spread(share, own, floor, df, smooth, smooth * (1 - smooth) / counts)


def _too_few(there: int, wanted: int) -> str:
    if not there:
        return "没有随机抽取的标注 no randomly drawn labels"
    return f"随机标注只有 {there} 句，需 {wanted} 句 {there} randomly drawn labels, {wanted} wanted"


def _too_few_address(there: int) -> str:
    return (
        f"随机标注中只有 {there} 句涉及本领域 only {there} of the randomly drawn labels"
        " address the area"
    )
