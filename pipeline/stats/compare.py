"""Methods side by side on the same sentences: scores, intervals, margins."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.records.scores import Scores, Targets
from pipeline.stats.scores import METRICS, confusions, f1, sample_weights


@dataclass(frozen=True)
class Figure:
    """A score or a difference of two scores, with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True)
class Comparison:
    """`scores` by method and metric; `margins` of the best-known method over each other one."""

    scores: dict[str, dict[str, Figure]]
    margins: dict[str, dict[str, Figure]]


def drawn(
    methods: Mapping[str, Scores],
    gold: Targets,
    groups: NDArray[np.str_],
    threshold: float,
    draws: int,
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Each method's METRICS [1 + draws]: on all groups, then on bootstrap samples of groups.

    All methods are scored on the same samples, so that their differences are paired. Of one group
    alone no sample is drawn: it says nothing of others.
    """
    count = len(np.unique(groups))
    weights = sample_weights(count, draws if count > 1 else 0)
    values: dict[str, dict[str, NDArray[np.float64]]] = {}
    for name, scores in methods.items():
        counts = confusions(scores, gold, threshold, groups)
        values[name] = {m: f1(m, np.tensordot(weights, counts[m], axes=1)) for m in METRICS}
    return values


def compare(
    methods: Mapping[str, Scores],
    gold: Targets,
    groups: NDArray[np.str_],
    threshold: float,
    draws: int,
    ours: str,
) -> Comparison:
    """Score all methods on the same bootstrap samples of whole groups (paired margins).

    `ours` names the method whose margins over the others are reported.
    """
    values = drawn(methods, gold, groups, threshold, draws)
    return Comparison(
        {name: {m: figure(v[m]) for m in METRICS} for name, v in values.items()},
        {
            name: {m: figure(values[ours][m] - v[m]) for m in METRICS}
            for name, v in values.items()
            if name != ours
        },
    )


def figure(values: NDArray[np.float64]) -> Figure:
    """The first of values [draws + 1], with the 95 % interval of the others; nan where all are."""
    if np.isnan(values[1:]).all():
        return Figure(round(float(values[0]), 4), float("nan"), float("nan"))
    low, high = np.nanpercentile(values[1:], [2.5, 97.5])
    return Figure(round(float(values[0]), 4), round(float(low), 4), round(float(high), 4))


def table(comparison: Comparison) -> str:
    """A Markdown table: a row a method, then the margins."""
    rows = ["| method | " + " | ".join(METRICS) + " |", "|" + " --- |" * (len(METRICS) + 1)]
    for name, figures in comparison.scores.items():
        rows.append(f"| {name} | " + " | ".join(str(figures[m]) for m in METRICS) + " |")
    for name, figures in comparison.margins.items():
        rows.append(
            f"| margin over {name} | " + " | ".join(str(figures[m]) for m in METRICS) + " |"
        )
    return "\n".join(rows) + "\n"
