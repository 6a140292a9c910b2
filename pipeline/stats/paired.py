"""Two annotators at a time: what each of them answered to the units that both did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.stats.scores import Counts, count_answers

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Paired:
    """`counts` [g, C, C] of the `first` annotator's answer by the `second`'s, one table for each
    of the `groups` [g] that hold a unit of both."""

    first: int
    second: int
    groups: NDArray[np.int64]
    counts: Counts


def paired(codes: NDArray[Any], classes: int, groups: NDArray[np.int64]) -> list[Paired]:
    """Every two annotators with a unit in common.

    `codes` [units, annotators] are answers from 0 to `classes` - 1, -1 where none was given;
    `groups` [units] are numbered from 0.
    """
    given = codes >= 0
    common = np.triu(given.T.astype(np.float32) @ given.astype(np.float32), k=1)
    found = []
    for first, second in np.argwhere(common):
        rows = given[:, first] & given[:, second]
        own, group = np.unique(groups[rows], return_inverse=True)
        answers = (codes[rows, annotator].astype(np.int64) for annotator in (first, second))
        counts = count_answers(len(own), classes, group, *answers)
        found.append(Paired(int(first), int(second), own, counts))
    return found


def mean_over_pairs(
    pairs: Sequence[Paired], weights: NDArray[np.int64], measure: Callable[[Floats], Floats]
) -> Floats:
    """Mean [draws] of a `measure` of tables [draws, C, C]; a pair weighs the units of both.

    `weights` [draws, groups] are how often each group is drawn. A pair whose measure is nan in a
    draw is left out of it; nan where all are.
    """
    total, units = np.zeros(len(weights)), np.zeros(len(weights))
    for pair in pairs:
        tables: Floats = np.asarray(
            np.tensordot(weights[:, pair.groups], pair.counts, axes=1), np.float64
        )
        values, counted = measure(tables), tables.sum(axis=(-2, -1))
        known = ~np.isnan(values)
        total += np.where(known, values, 0) * counted
        units += known * counted
    with np.errstate(invalid="ignore"):
        mean: Floats = total / units
    return mean
