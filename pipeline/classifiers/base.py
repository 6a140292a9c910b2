"""What every classifier is: fit on labelled examples, score sentences, save, load."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from pipeline.records.example import LabelledExample
from pipeline.records.labels import ANSWERS, ROLES, VOICES
from pipeline.records.scores import Scores, Targets
from pipeline.records.taxonomy import Taxonomy


class InContext(Protocol):
    """A sentence with its neighbours: a Sentence or a LabelledExample."""

    @property
    def text(self) -> str:
        """The sentence."""

    @property
    def before(self) -> str:
        """The sentence before it, or ""."""

    @property
    def after(self) -> str:
        """The sentence after it, or ""."""


class Scorer(Protocol):
    """What answers all questions about a sentence."""

    def score(self, sentences: Sequence[InContext]) -> Scores:
        """Answer for each sentence, in the given order."""


class Classifier(Scorer, Protocol):
    """One method of learning to answer."""

    name: str

    def fit(self, examples: Sequence[LabelledExample], taxonomy: Taxonomy) -> None:
        """Learn from labelled examples. Raises InputError when there is nothing to learn."""


def targets(examples: Sequence[LabelledExample], taxonomy: Taxonomy) -> Targets:
    """Turn labels into class indices; an area that the example does not list is not addressed."""
    answer = {name: i for i, name in enumerate(ANSWERS)}
    areas = [[answer[e.areas.get(area, ANSWERS[-1])] for area in taxonomy.ids] for e in examples]
    return Targets(
        areas=np.array(areas, dtype=np.int64).reshape(len(examples), len(taxonomy.ids)),
        voice=np.array([VOICES.index(e.voice) if e.voice else -1 for e in examples], np.int64),
        role=np.array([ROLES.index(e.role) for e in examples], np.int64),
    )
