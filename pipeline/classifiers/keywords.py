"""Baseline: an area is addressed where one of its keywords stands; stance is the commonest."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.classifiers.base import InContext
from pipeline.classifiers.majority import Majority
from pipeline.records.example import LabelledExample
from pipeline.records.labels import STANCES
from pipeline.records.scores import Scores
from pipeline.records.taxonomy import PolicyArea, Taxonomy

SURE = 0.97
"""Probability of "addressed" where a keyword stands, of "not addressed" elsewhere."""


def stands(texts: Sequence[str], areas: Sequence[PolicyArea]) -> NDArray[np.bool_]:
    """Where a keyword of an area, or its name, stands in a text [n, A]."""
    words = [(*area.keywords, area.zh) for area in areas]
    found = [[any(word in text for word in of) for of in words] for text in texts]
    return np.array(found, dtype=bool).reshape(len(texts), len(words))


class Keywords:
    """Finds areas by the keywords of the taxonomy; stance, voice and role by frequency."""

    name = "keywords"

    def fit(self, examples: Sequence[LabelledExample], taxonomy: Taxonomy) -> None:
        """Count stances per area, voices and roles; keywords come from the taxonomy."""
        self.majority = Majority()
        self.majority.fit(examples, taxonomy)
        self.areas = taxonomy.areas

    def score(self, sentences: Sequence[InContext]) -> Scores:
        """Probability SURE for what the keywords say."""
        scores = self.majority.score(sentences)
        found = stands([s.text for s in sentences], self.areas)
        addressed = np.where(found, SURE, 1 - SURE).astype(np.float32)[..., None]
        stances = scores.areas[..., : len(STANCES)]
        stances = stances / stances.sum(axis=-1, keepdims=True)
        areas = np.concatenate([stances * addressed, 1 - addressed], axis=-1)
        return Scores(areas, scores.voice, scores.role)
