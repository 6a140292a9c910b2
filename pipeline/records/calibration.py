"""What turns a classifier's probabilities into ones that mean what they say."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Calibration:
    """Per question: how sharp its probabilities are to be, fitted on held-out sentences.

    logit p(addressed) becomes `scale` * logit + `bias` + `area_bias` of the area; log-probabilities
    of stance, voice and role are multiplied by a number. The default changes nothing.
    """

    scale: float = 1.0
    bias: float = 0.0
    area_bias: dict[str, float] = field(default_factory=dict)
    stance: float = 1.0
    voice: float = 1.0
    role: float = 1.0


@dataclass(frozen=True)
class FittedCalibration:
    """A calibration with the version of the `model` that it belongs to, and on how many
    held-out `sentences` it was fitted."""

    model: str
    sentences: int
    calibration: Calibration
