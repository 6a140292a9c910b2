"""The best estimator that a cell's labels allow."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records.summary import Estimator
from pipeline.stats.estimators.cell import Cell, Estimating, Guess
from pipeline.stats.estimators.raw import Raw


@dataclass(frozen=True)
class Best:
    """Estimators in the order of preference; raw counts stand behind them all.

    `why` says in words what is missing for better ones than these ("" when nothing is).
    """

    estimators: Sequence[Estimating]
    why: str = ""

    def estimate(self, cell: Cell) -> tuple[Guess, Estimator, str]:
        """The figures, who gave them, and why nobody better did ("" when the best did)."""
        reasons = [self.why] if self.why else []
        for estimator in self.estimators:
            found = estimator.estimate(cell)
            if isinstance(found, Guess):
                return found, estimator.name, "；".join(reasons)
            reasons.append(found)
        raw = Raw()
        return raw.estimate(cell), raw.name, "；".join(reasons)
