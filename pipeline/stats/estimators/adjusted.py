"""Adjusted counts: what the truth must be for the classifier to answer as it did.

Given answers q and a confusion C (truth by row), q = C' m is solved for the true shares m
(Saerens et al., 2002; Forman, 2008). The interval comes from draws of C and of q.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from pipeline.records.summary import Estimator, Unit
from pipeline.stats.estimators.cell import (
    COVERAGE,
    LOWEST,
    NET,
    NOTHING,
    SPAN,
    Cell,
    Floats,
    Guess,
    figures,
    stances,
)
from pipeline.stats.estimators.clusters import Alike, alike, pooled
from pipeline.stats.estimators.confusion import Confusion, HeldOutCounts, confusions, dirichlet
from pipeline.stats.scores import MISSING

COVERAGE_ICC, STANCE_ICC = 0.2, 0.1
"""How alike sentences of one article are in addressing an area, and in its stance when they do:
what the labels of the sample articles show (0.15 to 0.27, and 0.00 to 0.05), on the safe side."""
SLACK = 0.5
"""A draw that asks for a stance below minus so much of the coverage contradicts the counts."""
KEPT = 0.1  # share of the draws kept at least
UNKNOWN = "留出的句子都不涉及本领域 no held-out sentence addresses the area"
EMPTY = 0.05  # share of draws in which nothing is addressed from which stance shares are open,
OPEN = 0.98  # as they are when the net stance may lie in so much of its range


@dataclass(frozen=True)
class Counted:
    """Given answers of a cell: the `addressed` share and the `shares` [3] of stances among them,
    how alike sentences are in both."""

    addressed: float
    shares: Floats
    addressing: Alike
    stance: Alike


@dataclass(frozen=True)
class Adjusted:
    """Confusions by kind of unit and area; how alike sentences of a story usually are."""

    confusions: Mapping[Unit, Mapping[str, Confusion]]
    addressing_icc: float
    stance_icc: float
    name: Estimator = "adjusted"

    @classmethod
    def learnt(cls, held: HeldOutCounts, cells: Sequence[Cell], draws: int) -> "Adjusted":
        """Learn from held-out counts, and from the cells of all sources how alike stories are."""
        units: tuple[Unit, ...] = ("source", "article")
        counted = [count(cell) for cell in cells]
        return cls(
            {unit: confusions(held, unit, draws, seed=0) for unit in units},
            pooled([c.addressing for c in counted], COVERAGE_ICC),
            pooled([c.stance for c in counted], STANCE_ICC),
        )

    def estimate(self, cell: Cell) -> Guess | str:
        """The figures, with percentiles over draws of the confusion and of the unit's stories."""
        confusion = self.confusions[cell.unit].get(cell.area)
        if confusion is None:
            return UNKNOWN
        counted = count(cell)
        given = np.append(counted.addressed * counted.shares, 1 - counted.addressed)
        value = figures(on_simplex(confusion.usual @ given)[:MISSING])
        drawn = self._drawn(counted, len(confusion.draws), crc32(cell.name.encode()))
        parts = solved(confusion.draws, drawn, counted.addressed)
        return _with_ends(value, parts, counted)

    def _drawn(self, counted: Counted, draws: int, seed: int) -> Floats:
        """Given answers [draws, 4] as other stories of the unit might have had them."""
        rng = np.random.default_rng(seed)
        n = counted.addressing.worth(self.addressing_icc)
        chance = np.array([counted.addressed, 1 - counted.addressed])
        addressed = _tossed(n * chance + 0.5, draws, rng)
        n = counted.stance.worth(self.stance_icc)
        shares = _tossed(n * counted.shares + 1 / MISSING, draws, rng)
        return np.column_stack([addressed[:, :1] * shares, addressed[:, 1]])


def _tossed(weights: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """Dirichlet draws [draws, k]."""
    # numpy draws in another way at a weight of exactly 1, so the last digits must not decide
    return dirichlet(np.tile(weights.round(6), (draws, 1)), rng)


def count(cell: Cell) -> Counted:
    """The given answers of a cell, reprints once."""
    of_stance = stances(cell.given)
    addressed = of_stance.sum(axis=1)
    total, base = cell.weight.sum(), cell.weight * addressed
    share = float(base.sum() / total)
    shares = cell.weight @ of_stance / max(float(base.sum()), NOTHING)
    apart = (of_stance - shares) * addressed[:, None]
    return Counted(
        share,
        shares,
        alike((addressed - share)[:, None], share * (1 - share), cell.weight, cell.cluster),
        alike(apart, float((shares * (1 - shares)).sum()), base, cell.cluster),
    )


def solved(inverse: Floats, given: Floats, addressed: float) -> Floats:
    """True stance shares [draws, 3] of all sentences, without draws that contradict the counts."""
    parts = np.einsum("dij,dj->di", inverse, given)
    lowest = parts[:, :MISSING].min(axis=1)
    bound = min(-SLACK * addressed, float(np.quantile(lowest, 1 - KEPT)))
    return on_simplex(parts[lowest >= bound])[:, :MISSING]


def on_simplex(values: Floats) -> Floats:
    """The nearest shares that sum to 1, along the last axis (Duchi et al., ICML 2008)."""
    down = -np.sort(-values, axis=-1)
    over = (down.cumsum(axis=-1) - 1) / np.arange(1, values.shape[-1] + 1)
    last = (down > over).sum(axis=-1, keepdims=True) - 1
    return np.asarray(np.maximum(values - np.take_along_axis(over, last, axis=-1), 0.0))


def _with_ends(value: Floats, parts: Floats, counted: Counted) -> Guess:
    """The interval of the draws.

    Where they leave the net stance open from end to end, or whether the area is addressed at all,
    stance shares are as counted, and their intervals reach from end to end.
    """
    low, high = np.percentile(figures(parts), [2.5, 97.5], axis=0)
    unaddressed = (parts.sum(axis=1) <= NOTHING).mean() > EMPTY
    if unaddressed or high[NET] - low[NET] >= OPEN * SPAN[NET] or value[COVERAGE] <= NOTHING:
        value = np.append(figures(counted.shares)[:COVERAGE], value[COVERAGE])
        low[:COVERAGE] = LOWEST[:COVERAGE]
        high[:COVERAGE] = (LOWEST + SPAN)[:COVERAGE]
    if not counted.addressed:
        low[:COVERAGE] = high[:COVERAGE] = np.nan
    return Guess(value, np.minimum(low, value), np.maximum(high, value))
