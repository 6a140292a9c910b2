"""What the benchmarks of stance toward any target show beside the trained classifier."""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer

from pipeline.records.labels import STANCES
from pipeline.records.scores import Floats
from pipeline.records.target_stance import TargetStance


def majority(train: Sequence[TargetStance], asked: Sequence[TargetStance]) -> Floats:
    """The shares of the training set for every row, [n, 3]."""
    counts = np.bincount([STANCES.index(row.stance) for row in train], minlength=len(STANCES))
    return np.tile(counts / counts.sum(), (len(asked), 1)).astype(np.float32)


def tfidf(train: Sequence[TargetStance], asked: Sequence[TargetStance]) -> Floats:
    """Logistic regression on character 1- to 3-grams of text and target apart, [n, 3]."""
    parts = [
        make_pipeline(
            FunctionTransformer(lambda rows, key=key: [getattr(row, key) for row in rows]),
            TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2),
        )
        for key in ("text", "target")
    ]
    model = make_pipeline(make_union(*parts), LogisticRegression(C=2, max_iter=300))
    model.fit(list(train), [STANCES.index(row.stance) for row in train])
    out = np.zeros((len(asked), len(STANCES)), np.float32)
    out[:, model.classes_] = model.predict_proba(list(asked))
    return out
