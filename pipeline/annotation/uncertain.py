"""Sentences that the model is unsure of."""

from collections.abc import Sequence

from pipeline.annotation.candidates import Candidate, Evidence, Pick
from pipeline.annotation.chance import rank
from pipeline.records.labels import ANSWERS, ROLES, VOICES
from pipeline.records.prediction import Prediction


def uncertain(pool: Sequence[Candidate], evidence: Evidence, count: int) -> list[Pick]:
    """The sentences with the least sure answer to any question; none without a prediction."""
    asked = [c for c in pool if c.id in evidence.predictions]
    asked.sort(key=lambda c: (-doubt(evidence.predictions[c.id]), rank(evidence.seed, c.id)))
    return [Pick(c, "uncertain") for c in asked[:count]]


def doubt(prediction: Prediction) -> float:
    """Least confidence over an area, voice and role, 0..1 (Settles, Active Learning, 2009, 3.1).

    1 - p of the given answer, scaled so that a uniform distribution has 1, and the greatest of
    the questions. Areas that a prediction does not list are not among them. Chosen over entropy
    and margin by `experiments/2026-11-25-what-to-annotate-next`.
    """
    doubts = [_scaled(prediction.role_p, len(ROLES))]
    if prediction.areas:
        doubts.append(_scaled(prediction.voice_p, len(VOICES)))
        doubts += [_scaled(max(a.p.values()), len(ANSWERS)) for a in prediction.areas]
    return max(doubts)


def _scaled(p: float, answers: int) -> float:
    return (1 - p) * answers / (answers - 1)
