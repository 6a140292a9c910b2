"""What an estimator is given, and what it gives back."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.records.labels import STANCES
from pipeline.records.summary import FIGURES, Estimate, Estimator, Unit

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LOWEST = np.array([0.0, 0.0, 0.0, -1.0, 0.0])
SPAN = np.array([1.0, 1.0, 1.0, 2.0, 1.0])
"""Where each of FIGURES starts, and how far it reaches."""
SHARES = len(STANCES)
NET, COVERAGE = FIGURES.index("net"), FIGURES.index("coverage")
"""Places among FIGURES; those before coverage speak of the addressed sentences only."""
NOTHING = 1e-6  # a share of addressed sentences below this is none


@dataclass(frozen=True)
class Cell:
    """The n sentences of one unit and period, seen for one area and one voice scope.

    `given` [n], the classifier's answers, and `gold` [n], the labels, index ANSWERS; `p` [n, 3] are
    the probabilities of the three stances, 0 where the answer is that the area is not addressed.
    Gold is -1 where a sentence has no usable label, else `chance` [n] is its sampling_p, or 1 where
    its label stands for itself alone. `weight` [n] is one over the number of reprints of its story
    in the unit. `cluster` [n] numbers from 0 what varies together: stories in a source, single
    sentences in an article. `name` seeds draws.
    """

    name: str
    unit: Unit
    area: str
    given: Ints
    p: Floats
    gold: Ints
    chance: Floats
    weight: Floats
    cluster: Ints

    @property
    def labelled(self) -> int:
        """How many labels stand for the unlabelled sentences; all where none is left."""
        known = self.gold >= 0
        return int(known.sum() if known.all() else (known & (self.chance < 1)).sum())


@dataclass(frozen=True)
class Guess:
    """FIGURES [5] with the ends of their 95 % intervals, nan where none can be given."""

    value: Floats
    low: Floats
    high: Floats

    def estimates(self) -> dict[str, Estimate]:
        """By name, to four decimals."""
        ends = zip(FIGURES, self.value, self.low, self.high, strict=True)
        return {name: Estimate(_rounded(v), _end(a), _end(b)) for name, v, a, b in ends}


class Estimating(Protocol):
    """One way from a cell to its figures."""

    @property
    def name(self) -> Estimator:
        """What it is called in summaries."""

    def estimate(self, cell: Cell) -> Guess | str:
        """The cell's figures, or in words why it cannot give them."""


def stances(answers: Ints) -> Floats:
    """Answers [n] as indicators of the three stances [n, 3]; not addressed is all zeros."""
    return np.asarray(answers[:, None] == np.arange(SHARES), dtype=np.float64)


def figures(parts: NDArray[Any]) -> Floats:
    """FIGURES [..., 5] from the shares of all sentences with each stance [..., 3].

    0.0 where nothing is addressed.
    """
    addressed = parts.sum(axis=-1, keepdims=True)
    shares = np.where(addressed > NOTHING, parts / np.maximum(addressed, NOTHING), 0.0)
    net = shares[..., :1] - shares[..., 1:2]
    return np.asarray(np.concatenate([shares, net, np.minimum(addressed, 1.0)], axis=-1))


def _rounded(value: float) -> float:
    return round(float(value), 4) + 0.0


def _end(value: float) -> float | None:
    return None if np.isnan(value) else _rounded(value)
