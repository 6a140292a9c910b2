"""How well predicted probabilities answer: the scores that every report shows."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.records.labels import ANSWERS, ROLES, STANCES, VOICES
from pipeline.records.scores import Scores, Targets

Counts = NDArray[np.int64]
MISSING = len(ANSWERS) - 1
CLASSES = {
    "detection_f1": 2,
    "four_way_f1": len(ANSWERS),
    "three_way_f1": len(STANCES),
    "voice_f1": len(VOICES),
    "role_f1": len(ROLES),
}
METRICS = tuple(CLASSES)
"""detection_f1: F1 of "addressed" over sentence × area pairs; four_way_f1: macro-F1 of the four
answers over all pairs; three_way_f1: macro-F1 of the likeliest stance over the pairs that are
addressed in truth; voice_f1, role_f1: macro-F1 over the sentences that have the label."""


def decide(areas: NDArray[np.float32], threshold: float) -> NDArray[np.int64]:
    """Answers [n, A] from probabilities [n, A, 4].

    Addressed where the three stances together reach `threshold`, then the likeliest stance.
    """
    stance = areas[..., :MISSING].argmax(axis=-1)
    addressed = 1 - areas[..., MISSING] >= threshold
    return np.where(addressed, stance, MISSING).astype(np.int64)


def confusions(
    scores: Scores, gold: Targets, threshold: float, groups: NDArray[Any]
) -> dict[str, Counts]:
    """For each metric the counts [G, C, C] by group, truth and answer.

    `groups` [n] names each sentence's article or outlet; G are the distinct names, sorted.
    """
    answers = decide(scores.areas, threshold)
    stance = scores.areas[..., :MISSING].argmax(axis=-1)
    _, group = np.unique(groups, return_inverse=True)
    of_pair = np.broadcast_to(group[:, None], answers.shape)
    addressed, voiced = gold.areas != MISSING, gold.voice >= 0
    parts = {
        "detection_f1": (of_pair, addressed, answers != MISSING),
        "four_way_f1": (of_pair, gold.areas, answers),
        "three_way_f1": (of_pair[addressed], gold.areas[addressed], stance[addressed]),
        "voice_f1": (group[voiced], gold.voice[voiced], scores.voice.argmax(-1)[voiced]),
        "role_f1": (group, gold.role, scores.role.argmax(-1)),
    }
    size = int(group.max()) + 1
    return {metric: count_answers(size, CLASSES[metric], *part) for metric, part in parts.items()}


def count_answers(
    groups: int, classes: int, group: NDArray[Any], true: NDArray[Any], given: NDArray[Any]
) -> Counts:
    """How often `given` answers `true`, both class indices, in each group: [groups, C, C]."""
    cell = (group.ravel() * classes + true.ravel()) * classes + given.ravel()
    counts = np.bincount(cell, minlength=groups * classes**2)
    return counts.reshape(groups, classes, classes).astype(np.int64)


def f1(metric: str, counts: NDArray[Any]) -> NDArray[np.float64]:
    """The metric from counts [..., C, C]; nan where there is nothing to score.

    detection_f1 is the F1 of class 1, the others are means over the classes that occur in truth
    or answer.
    """
    hits = np.diagonal(counts, axis1=-2, axis2=-1)
    total = counts.sum(axis=-1) + counts.sum(axis=-2)
    with np.errstate(invalid="ignore", divide="ignore"):
        each: NDArray[np.float64] = np.where(total > 0, 2 * hits / total, np.nan)
        if metric == "detection_f1":
            found: NDArray[np.float64] = each[..., 1]
            return found
        mean: NDArray[np.float64] = np.nansum(each, axis=-1) / (total > 0).sum(axis=-1)
        return mean


def bootstrap_weights(groups: int, draws: int, seed: int) -> NDArray[np.int64]:
    """How often each group is drawn, [draws, groups]: whole groups with replacement.

    Resampling groups keeps the dependence of sentences in one (Field & Welsh, 2007).
    """
    chances = np.full(groups, 1 / groups)
    return np.random.default_rng(seed).multinomial(groups, chances, size=draws)


def sample_weights(groups: int, draws: int) -> NDArray[np.int64]:
    """All groups once, then bootstrap samples of them: [1 + draws, groups]."""
    whole = np.ones((1, groups), np.int64)
    return np.concatenate([whole, bootstrap_weights(groups, draws, seed=0)])
