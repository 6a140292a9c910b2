"""How well predicted probabilities answer: the scores that every report shows."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from pipeline.records.labels import ANSWERS, ROLES, STANCES, VOICES
from pipeline.records.scores import Scores, Targets

MISSING = len(ANSWERS) - 1
METRICS = ("detection_f1", "four_way_f1", "three_way_f1", "voice_f1", "role_f1")


def decide(areas: NDArray[np.float32], threshold: float) -> NDArray[np.int64]:
    """Answers [n, A] from probabilities [n, A, 4].

    Addressed where the three stances together reach `threshold`, then the likeliest stance.
    """
    stance = areas[..., :MISSING].argmax(axis=-1)
    addressed = 1 - areas[..., MISSING] >= threshold
    return np.where(addressed, stance, MISSING).astype(np.int64)


def score_all(scores: Scores, gold: Targets, threshold: float) -> dict[str, float]:
    """All METRICS for one set of sentences; nan where the gold holds nothing to score.

    detection_f1: F1 of "addressed" over sentence × area pairs; four_way_f1: macro-F1 of the four
    answers over all pairs; three_way_f1: macro-F1 of the likeliest stance over the pairs that are
    addressed in truth; voice_f1, role_f1: macro-F1 over the sentences that have the label.
    """
    answers = decide(scores.areas, threshold)
    found, true = answers.ravel() != MISSING, gold.areas.ravel() != MISSING
    stance = scores.areas[..., :MISSING].argmax(axis=-1).ravel()
    voiced = gold.voice >= 0
    return {
        "detection_f1": float(f1_score(true, found, zero_division=0.0)) if true.any() else np.nan,
        "four_way_f1": macro_f1(gold.areas.ravel(), answers.ravel(), len(ANSWERS)),
        "three_way_f1": macro_f1(gold.areas.ravel()[true], stance[true], len(STANCES)),
        "voice_f1": macro_f1(gold.voice[voiced], scores.voice.argmax(-1)[voiced], len(VOICES)),
        "role_f1": macro_f1(gold.role, scores.role.argmax(-1), len(ROLES)),
    }


def macro_f1(true: NDArray[np.int64], given: NDArray[np.int64], classes: int) -> float:
    """Mean F1 over the classes that occur in truth or answer; nan without any row."""
    if not len(true):
        return float("nan")
    seen = np.union1d(true, given)
    return float(
        f1_score(
            true,
            given,
            labels=[c for c in range(classes) if c in seen],
            average="macro",
            zero_division=0.0,
        )
    )


def clustered_draws(
    groups: NDArray[np.str_],
    statistic: Callable[[NDArray[np.intp]], NDArray[np.float64]],
    draws: int,
    seed: int,
) -> NDArray[np.float64]:
    """`draws` bootstrap values of a statistic, drawing whole groups with replacement.

    `groups` [n] names each row's group (article or outlet); `statistic` maps row numbers to an
    array. Resampling clusters keeps the dependence of sentences in one group (Field & Welsh,
    2007).
    """
    rng = np.random.default_rng(seed)
    members = [np.flatnonzero(groups == g) for g in np.unique(groups)]
    picks = rng.integers(len(members), size=(draws, len(members)))
    return np.stack([statistic(np.concatenate([members[i] for i in pick])) for pick in picks])
