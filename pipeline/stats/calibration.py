"""Do probabilities mean what they say."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Bin:
    """Predictions of like probability: how many, their mean probability, the share true."""

    count: int
    mean_p: float
    share_true: float


def reliability(p: NDArray[Any], true: NDArray[np.bool_], bins: int = 10) -> list[Bin]:
    """Non-empty bins of equal width over 0..1."""
    index = np.minimum((p * bins).astype(int), bins - 1)
    return [
        Bin(int(at.sum()), float(p[at].mean()), float(true[at].mean()))
        for b in range(bins)
        if (at := index == b).any()
    ]


def calibration_error(bins: list[Bin]) -> float:
    """Expected calibration error (Naeini et al., 2015): mean gap, weighted by count."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.mean_p - b.share_true) for b in bins) / total if total else 0.0
