"""What the benchmarks of stance toward any target show beside the trained classifier."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.records.labels import STANCES
from pipeline.records.scores import Floats
from pipeline.records.target_stance import TargetStance

OFTEN = 300  # rows from which a target has weights of its own
OWN = 2.0  # how much a target's own features count beside those of all targets


def majority(train: Sequence[TargetStance], asked: Sequence[TargetStance]) -> Floats:
    """The shares of the training set for every row, [n, 3]."""
    counts = np.bincount([STANCES.index(row.stance) for row in train], minlength=len(STANCES))
    return np.tile(counts / counts.sum(), (len(asked), 1)).astype(np.float32)


def tfidf(train: Sequence[TargetStance], asked: Sequence[TargetStance]) -> Floats:
    """Logistic regression on character 1- to 3-grams of text and target, [n, 3]."""

    def ngrams(of: Callable[[TargetStance], str]) -> csr_matrix:
        count = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
        known = count.fit_transform([of(row) for row in train])
        return vstack([known, count.transform([of(row) for row in asked])])

    texts, targets = ngrams(lambda row: row.text), ngrams(lambda row: row.target)
    return _regression(train, asked, texts, targets, c=2)


def frozen(
    train: Sequence[TargetStance],
    asked: Sequence[TargetStance],
    vectors: Callable[[Sequence[str]], Floats],
) -> Floats:
    """Logistic regression on what a pretrained encoder makes of text and target, [n, 3].

    `vectors` gives the texts' [n, H]. They lie close together, so each number is standardised.
    """

    def standard(of: Callable[[TargetStance], str]) -> Floats:
        found = vectors([of(row) for row in (*train, *asked)])
        known = found[: len(train)]
        spread = np.maximum(known.std(0), 1e-6) * np.sqrt(found.shape[1])
        return np.asarray((found - known.mean(0)) / spread)

    text, target = standard(lambda row: row.text), standard(lambda row: row.target)
    rest = np.hstack([target, text * target * np.sqrt(text.shape[1])])
    return _regression(train, asked, csr_matrix(text), csr_matrix(rest), c=0.3)


def _regression(
    train: Sequence[TargetStance],
    asked: Sequence[TargetStance],
    text: csr_matrix,
    rest: csr_matrix,
    c: float,
) -> Floats:
    """Probabilities [n, 3] from features of the text and other ones, those of `train` first.

    The same words speak for one target and against another, so a target with many rows has the
    text's features a second time for itself (Daumé III, ACL 2007: shared and own features).
    """
    counts = Counter(row.target for row in train)
    often = sorted(target for target, n in counts.items() if n >= OFTEN)
    its = np.array([[row.target == target for target in often] for row in (*train, *asked)]).T
    own = [text.multiply(OWN * mine[:, None]) for mine in its]
    features = hstack([text, rest, *own]).tocsr()
    model = LogisticRegression(C=c, max_iter=300)
    model.fit(features[: len(train)], [STANCES.index(row.stance) for row in train])
    out = np.zeros((len(asked), len(STANCES)), np.float32)
    out[:, model.classes_] = model.predict_proba(features[len(train) :])
    return out
