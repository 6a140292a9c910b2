"""Expected counts: an answer counts for as much as it is probable.

Sums of calibrated probabilities (Bella et al., ICDM 2010) are nearer the truth of a unit of a few
dozen sentences than plain counts, since doubtful answers weigh less, and far nearer than counts
turned back by error rates, which makes their noise larger (`lichang bench shares`). They hold for
outlets on which the classifier is as right as on the held-out ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.records.summary import FIGURES, Estimator, Unit
from pipeline.stats.estimators.cell import (
    COVERAGE,
    LOWEST,
    NOTHING,
    SHARES,
    SPAN,
    Cell,
    Floats,
    Guess,
    figures,
)
from pipeline.stats.estimators.clusters import pooled
from pipeline.stats.estimators.counted import count
from pipeline.stats.estimators.held_out_counts import HeldOutCounts, summed
from pipeline.stats.estimators.wilson import wilson

PRIOR = {"likeness": 0.03, "wrong": 0.5, "missed": 0.02}
"""Of Errors: what out-of-fold answers to the sample articles show, rounded."""
COVERAGE_ICC, STANCE_ICC = 0.2, 0.1
"""How alike sentences of one article are in addressing an area, and in its stance when they do:
what the labels of the sample articles show (0.15 to 0.27, and 0.00 to 0.05), on the safe side."""
UNKNOWN = "留出的句子都不涉及本领域 no held-out sentence addresses the area"
PRIOR_CELLS = 30.0  # so many cells does a prior count
FIGURE = np.vstack([np.eye(SHARES), [1.0, -1.0, 0.0]])
"""Each of the stance figures [4] from the three shares."""


@dataclass(frozen=True)
class Errors:
    """How answers err in units of one kind: the correlation of their errors in stance
    (`likeness`), and the squared error of a count for each sentence that is counted (`wrong`) and
    for each that is not (`missed`)."""

    likeness: float
    wrong: float
    missed: float

    @classmethod
    def of(cls, counts: Floats) -> "Errors":
        """From counts [units, A, 4, 4] of truth by answer, as moments drawn to the priors."""
        cells = counts.reshape(-1, *counts.shape[-2:])
        given, true = cells[..., :SHARES].sum(axis=(1, 2)), cells[:, :SHARES].sum(axis=(1, 2))
        off, rest = (given - true) ** 2, cells.sum(axis=(1, 2)) - given
        none, some = given == 0, given > 0
        missed = _ratio(off[none], rest[none])
        wrong = _ratio((off - missed * rest)[some], given[some])
        return cls(
            _drawn(_likeness(cells[given > 1]), int((given > 1).sum()), PRIOR["likeness"]),
            _drawn(wrong, int(some.sum()), PRIOR["wrong"]),
            _drawn(missed, int(none.sum()), PRIOR["missed"]),
        )


def _likeness(cells: Floats) -> float:
    """Of counts [cells, 4, 4]: how far squared errors of supportive less critical answers exceed
    what they would be if each answer erred for itself, for each pair of answers."""
    sign = np.array([1.0, -1.0, 0.0, 0.0])
    named = cells[..., :SHARES]
    behind = named.sum(axis=0) / np.maximum(named.sum(axis=(0, 1)), NOTHING)
    mean, n = sign @ behind, named.sum(axis=1)
    variance = n @ (sign**2 @ behind - mean**2)
    error = np.einsum("ctg,t->c", named, sign) - n @ mean
    return _ratio(error**2 - variance, variance * (n.sum(axis=1) - 1))


def _ratio(values: Floats, base: Floats) -> float:
    return float(values.sum() / max(float(base.sum()), NOTHING))


def _drawn(found: float, cells: int, prior: float) -> float:
    return max(0.0, (PRIOR_CELLS * prior + cells * found) / (PRIOR_CELLS + cells))


@dataclass(frozen=True)
class Expected:
    """Errors by kind of unit; the areas that held-out sentences address; how alike sentences of a
    story are in a source."""

    errors: Mapping[Unit, Errors]
    areas: frozenset[str]
    addressing_icc: float
    stance_icc: float
    name: Estimator = "expected"

    @classmethod
    def learnt(cls, held: HeldOutCounts, cells: Sequence[Cell]) -> "Expected":
        """Learn from held-out counts, and from the cells of all sources how alike stories are."""
        counted = [count(cell) for cell in cells]
        return cls(
            {
                "source": Errors.of(summed(held.counts, held.outlet)),
                "article": Errors.of(held.counts),
            },
            frozenset(
                area
                for column, area in enumerate(held.areas)
                if held.counts[:, column, :SHARES].any()
            ),
            pooled([c.addressing for c in counted], COVERAGE_ICC),
            pooled([c.stance for c in counted], STANCE_ICC),
        )

    def estimate(self, cell: Cell) -> Guess | str:
        """Stance shares from probabilities, coverage as counted, with Wilson intervals.

        Their variance is that of the errors, and in a source that of its stories.
        """
        if cell.area not in self.areas:
            return UNKNOWN
        counted, errors = count(cell), self.errors[cell.unit]
        probable = cell.weight[:, None] * cell.p
        value = np.append(figures(probable.sum(axis=0))[:COVERAGE], counted.addressed)
        base = cell.weight * (cell.given < SHARES)
        together = 1 + max(0.0, float(base.sum()) - 1) * errors.likeness
        wrong, missed = base.sum() * errors.wrong, (cell.weight - base).sum() * errors.missed
        floor = together * np.append(
            _of_errors(cell, value), (wrong + missed) / cell.weight.sum() ** 2
        )
        share, n = (value - LOWEST) / SPAN, np.full(len(FIGURES), np.inf)
        if cell.unit == "source":
            n[:COVERAGE] = max(NOTHING, counted.stance.worth(self.stance_icc))
            n[COVERAGE] = counted.addressing.worth(self.addressing_icc)
        low, high = wilson(share, n, floor / SPAN**2)
        ends = LOWEST + SPAN * low, LOWEST + SPAN * high
        if not counted.addressed:
            for end in ends:
                end[:COVERAGE] = np.nan
        return Guess(value, np.minimum(ends[0], value), np.maximum(ends[1], value))


def _of_errors(cell: Cell, value: Floats) -> Floats:
    """Variances of the stance figures [4] if each answer errs for itself, by the delta method.

    Reprints are answered alike: together they err as one.
    """
    total = float((cell.weight @ cell.p).sum())
    if total <= NOTHING:
        return np.zeros(len(FIGURES) - 1)
    moved = FIGURE - value[:COVERAGE, None]
    mean = cell.p @ moved.T
    each = cell.p @ (moved**2).T - mean**2
    return np.asarray(cell.weight @ each / total**2)
