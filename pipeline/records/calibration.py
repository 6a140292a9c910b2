"""What turns a classifier's probabilities into ones that mean what they say."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Calibration:
    """Per question: how sharp its probabilities are to be, fitted on held-out sentences.

    logit p(addressed) becomes `scale` * logit + `bias` in the `areas` that it was fitted on;
    log-probabilities of stance, voice and role are multiplied by a number. The default changes
    nothing.
    """

    scale: float = 1.0
    bias: float = 0.0
    areas: tuple[str, ...] = ()
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
