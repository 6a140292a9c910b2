"""Baseline: answers with the class frequencies of the training examples."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.classifiers.base import InContext, targets
from pipeline.records.example import LabelledExample
from pipeline.records.labels import ANSWERS, ROLES, VOICES
from pipeline.records.scores import Floats, Scores
from pipeline.records.taxonomy import Taxonomy


class Majority:
    """Gives every sentence the same probabilities: how often each class occurred."""

    name = "majority"

    def fit(self, examples: Sequence[LabelledExample], taxonomy: Taxonomy) -> None:
        """Count the classes."""
        gold = targets(examples, taxonomy)
        self.areas = np.stack([_frequencies(column, len(ANSWERS)) for column in gold.areas.T])
        self.voice = _frequencies(gold.voice[gold.voice >= 0], len(VOICES))
        self.role = _frequencies(gold.role, len(ROLES))

    def score(self, sentences: Sequence[InContext]) -> Scores:
        """Repeat the frequencies for each sentence."""
        n = len(sentences)
        return Scores(
            np.repeat(self.areas[None], n, axis=0),
            np.repeat(self.voice[None], n, axis=0),
            np.repeat(self.role[None], n, axis=0),
        )


def _frequencies(classes: NDArray[np.int64], count: int) -> Floats:
    counts: Floats = np.bincount(classes, minlength=count).astype(np.float32) + np.float32(1e-3)
    shares: Floats = counts / counts.sum(dtype=np.float32)
    return shares
