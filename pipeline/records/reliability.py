"""Whether probabilities mean what they say, as it was measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bin:
    """Predictions of like probability: how many, their mean probability, the share true."""

    count: int
    mean_p: float
    share_true: float
