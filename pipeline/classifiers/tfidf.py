"""Baseline: character n-grams weighted by TF-IDF, one logistic regression per question."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.classifiers.base import InContext, targets
from pipeline.records.example import LabelledExample
from pipeline.records.labels import ANSWERS, ROLES, VOICES
from pipeline.records.scores import Floats, Scores
from pipeline.records.taxonomy import Taxonomy


class Tfidf:
    """Character 1- to 4-grams of the sentence; balanced class weights."""

    name = "tfidf"

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def fit(self, examples: Sequence[LabelledExample], taxonomy: Taxonomy) -> None:
        """Fit the n-gram weights and a regression for each area, voice and role."""
        gold = targets(examples, taxonomy)
        self.vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True)
        features = self.vectorizer.fit_transform([e.text for e in examples])
        self.areas = [self._regression(features, column) for column in gold.areas.T]
        voiced = np.flatnonzero(gold.voice >= 0)
        self.voice = self._regression(features[voiced], gold.voice[voiced])
        self.role = self._regression(features, gold.role)

    def score(self, sentences: Sequence[InContext]) -> Scores:
        """Probabilities of the regressions; classes never seen get 0."""
        features = self.vectorizer.transform([s.text for s in sentences])
        areas = [_probabilities(model, features, len(ANSWERS)) for model in self.areas]
        return Scores(
            np.stack(areas, axis=1),
            _probabilities(self.voice, features, len(VOICES)),
            _probabilities(self.role, features, len(ROLES)),
        )

    def _regression(
        self, features: Any, classes: NDArray[np.int64]
    ) -> LogisticRegression | np.int64:
        """A regression, or the one class that there is."""
        if len(np.unique(classes)) < 2:
            return np.int64(classes[0])
        model = LogisticRegression(C=10, class_weight="balanced", random_state=self.seed)
        return model.fit(features, classes)


def _probabilities(model: LogisticRegression | np.int64, features: Any, count: int) -> Floats:
    full = np.zeros((features.shape[0], count), dtype=np.float32)
    if isinstance(model, np.int64):
        full[:, model] = 1
    else:
        full[:, model.classes_] = model.predict_proba(features)
    return full
