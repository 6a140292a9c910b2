"""Methods side by side on the same sentences: scores, intervals, margins."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.records.scores import Scores, Targets
from pipeline.stats.scores import METRICS, clustered_draws, score_all


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


def select(gold: Targets, rows: NDArray[np.intp]) -> Targets:
    """The labels of some rows."""
    return Targets(gold.areas[rows], gold.voice[rows], gold.role[rows])


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
    everything = np.arange(len(groups))
    point = _all_metrics(methods, gold, threshold, everything)
    samples = clustered_draws(
        groups, lambda rows: _all_metrics(methods, gold, threshold, rows), draws, seed=0
    )
    names = list(methods)
    scores = {
        name: {m: _figure(point[i, j], samples[:, i, j]) for j, m in enumerate(METRICS)}
        for i, name in enumerate(names)
    }
    o = names.index(ours)
    margins = {
        name: {
            m: _figure(point[o, j] - point[i, j], samples[:, o, j] - samples[:, i, j])
            for j, m in enumerate(METRICS)
        }
        for i, name in enumerate(names)
        if name != ours
    }
    return Comparison(scores, margins)


def _all_metrics(
    methods: Mapping[str, Scores], gold: Targets, threshold: float, rows: NDArray[np.intp]
) -> NDArray[np.float64]:
    part = select(gold, rows)
    return np.array(
        [list(score_all(s.rows(rows), part, threshold).values()) for s in methods.values()]
    )


def _figure(value: float, samples: NDArray[np.float64]) -> Figure:
    low, high = np.nanpercentile(samples, [2.5, 97.5])
    return Figure(round(float(value), 4), round(float(low), 4), round(float(high), 4))


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
