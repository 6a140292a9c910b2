"""The counted predictions as they are."""

from dataclasses import dataclass

import numpy as np

from pipeline.records.summary import Estimator
from pipeline.stats.estimators.cell import SHARES, Cell, Guess, figures


@dataclass(frozen=True)
class Raw:
    """Shares of the counts; no interval, since the classifier's own errors are not in it."""

    name: Estimator = "raw"

    def estimate(self, cell: Cell) -> Guess:
        """Counts over sentences, reprints and all."""
        counts = np.bincount(cell.given, minlength=SHARES + 1)[:SHARES]
        value = figures(counts / max(1, len(cell.given)))
        none = np.full_like(value, np.nan)
        return Guess(value, none, none)
