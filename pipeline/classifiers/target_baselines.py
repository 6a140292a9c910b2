"""What the benchmarks of stance toward any target show beside the trained classifier."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.records.labels import STANCES
from pipeline.records.scores import Floats
from pipeline.records.target_stance import TargetStance

OFTEN = 300  # rows from which a target has weights of its own
OWN = 2.0  # how much a target's own n-grams count beside those of all targets


def majority(train: Sequence[TargetStance], asked: Sequence[TargetStance]) -> Floats:
    """The shares of the training set for every row, [n, 3]."""
    counts = np.bincount([STANCES.index(row.stance) for row in train], minlength=len(STANCES))
    return np.tile(counts / counts.sum(), (len(asked), 1)).astype(np.float32)


def tfidf(train: Sequence[TargetStance], asked: Sequence[TargetStance]) -> Floats:
    """Logistic regression on character 1- to 3-grams of text and target, [n, 3].

    The same words speak for one target and against another, so a target with many rows has the
    text's n-grams a second time for itself (Daumé III, ACL 2007: shared and own features).
    """
    counts = Counter(row.target for row in train)
    often = sorted(target for target, n in counts.items() if n >= OFTEN)
    texts, targets = (
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2).fit(part)
        for part in ([row.text for row in train], [row.target for row in train])
    )

    def features(rows: Sequence[TargetStance]) -> csr_matrix:
        shared = texts.transform([row.text for row in rows])
        its = np.array([[row.target == target for target in often] for row in rows]).T
        own = [shared.multiply(OWN * mine[:, None]) for mine in its]
        return hstack([shared, targets.transform([row.target for row in rows]), *own]).tocsr()

    model = LogisticRegression(C=2, max_iter=300)
    model.fit(features(train), [STANCES.index(row.stance) for row in train])
    out = np.zeros((len(asked), len(STANCES)), np.float32)
    out[:, model.classes_] = model.predict_proba(features(asked))
    return out
