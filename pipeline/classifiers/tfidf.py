"""Character n-grams weighted by TF-IDF, a regression a question: a baseline, and half of Blend."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.classifiers.base import InContext, targets
from pipeline.records.example import LabelledExample
from pipeline.records.labels import ANSWERS, ROLES, VOICES
from pipeline.records.scores import Floats, Scores
from pipeline.records.taxonomy import Taxonomy

FEW = 100
LEAST = 3
"""From FEW sentences on, n-grams that stand in fewer than LEAST are left out: nine in ten do, and
without them the regressions fit in a fraction of the time and answer as well."""
NEVER = -30.0  # logit of a class that was never seen
TERMS, WEIGHTS = "ngrams.json", "ngrams.safetensors"


class Tfidf:
    """Character 1- to 4-grams of the sentence; balanced class weights.

    `weights` [n-grams, logits] and `intercepts` [logits]: four logits an area, in the order of
    ANSWERS, then those of VOICES and ROLES.
    """

    name = "tfidf"
    vectorizer: Any
    weights: Floats
    intercepts: Floats

    def fit(self, examples: Sequence[LabelledExample], taxonomy: Taxonomy) -> None:
        """Fit the n-gram weights and a regression for each area, voice and role."""
        gold = targets(examples, taxonomy)
        self.vectorizer = _vectorizer(min_df=1 if len(examples) < FEW else LEAST)
        features = self.vectorizer.fit_transform([e.text for e in examples])
        voiced = np.flatnonzero(gold.voice >= 0)
        fitted = [_regression(features, column, len(ANSWERS)) for column in gold.areas.T]
        fitted.append(_regression(features[voiced], gold.voice[voiced], len(VOICES)))
        fitted.append(_regression(features, gold.role, len(ROLES)))
        self.weights = np.concatenate([weights for weights, _ in fitted]).T.copy()
        self.intercepts = np.concatenate([intercepts for _, intercepts in fitted])

    def score(self, sentences: Sequence[InContext]) -> Scores:
        """Probabilities of the regressions; classes never seen get next to nothing."""
        return self.score_texts([s.text for s in sentences])

    def score_texts(self, texts: Sequence[str]) -> Scores:
        """The same for texts."""
        rest = len(VOICES) + len(ROLES)
        logits = np.tile(self.intercepts, (len(texts), 1))
        if texts:
            logits += self.vectorizer.transform(texts) @ self.weights
        areas, voice, role = np.split(logits, [-rest, -len(ROLES)], axis=1)
        areas = areas.reshape(len(texts), areas.shape[1] // len(ANSWERS), len(ANSWERS))
        return Scores(softmax(areas, axis=-1), softmax(voice, axis=-1), softmax(role, axis=-1))

    def save(self, folder: Path) -> None:
        """Write the n-grams and their weights (fp16)."""
        terms = self.vectorizer.get_feature_names_out().tolist()
        (folder / TERMS).write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
        arrays = {"weights": self.weights, "intercepts": self.intercepts}
        halves = {name: values.astype(np.float16) for name, values in arrays.items()}
        save_file(halves | {"idf": self.vectorizer.idf_.astype(np.float32)}, folder / WEIGHTS)

    @classmethod
    def load(cls, folder: Path) -> "Tfidf":
        """Read what `save` wrote. Raises OSError, KeyError or ValueError when it is not whole."""
        loaded = cls()
        loaded.vectorizer = _vectorizer(
            vocabulary=json.loads((folder / TERMS).read_text(encoding="utf-8"))
        )
        arrays = load_file(folder / WEIGHTS)
        loaded.vectorizer.idf_ = arrays["idf"]
        loaded.weights = arrays["weights"].astype(np.float32)
        loaded.intercepts = arrays["intercepts"].astype(np.float32)
        return loaded


def _vectorizer(**settings: Any) -> Any:
    return TfidfVectorizer(
        analyzer="char", ngram_range=(1, 4), sublinear_tf=True, dtype=np.float32, **settings
    )


def _regression(features: Any, gold: NDArray[np.int64], classes: int) -> tuple[Floats, Floats]:
    """Weights [classes, n-grams] and intercepts [classes] whose softmax are the probabilities."""
    weights = np.zeros((classes, features.shape[1]), np.float32)
    intercepts = np.full(classes, NEVER, np.float32)
    seen = np.unique(gold)
    intercepts[seen] = 0
    if len(seen) > 1:
        model = LogisticRegression(C=10, class_weight="balanced").fit(features, gold)
        # of two classes only the second one has a logit
        own = model.classes_ if len(seen) > 2 else model.classes_[1:]
        weights[own], intercepts[own] = model.coef_, model.intercept_
    return weights, intercepts
