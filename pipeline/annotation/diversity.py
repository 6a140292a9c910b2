"""Sentences of the kinds that least is known of."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.annotation.candidates import Candidate, Evidence, Pick

DIMENSIONS = 64
FEATURES = 30_000


def diversity(pool: Sequence[Candidate], evidence: Evidence, count: int) -> list[Pick]:
    """Cluster the open and the known sentences; take the most central ones of each cluster.

    As many clusters as sentences are asked for, those with the fewest known sentences first, so
    that what is like nothing known comes before what is like much of it.
    """
    if count >= len(pool):
        return [Pick(c, "diversity") for c in pool]
    texts = [*(c.sentence.text for c in pool), *evidence.known]
    vectors = text_vectors(texts, evidence.seed)
    means = MiniBatchKMeans(count, n_init=3, batch_size=4096, random_state=evidence.seed)
    cluster = means.fit_predict(vectors)
    distance = np.linalg.norm(vectors - means.cluster_centers_[cluster], axis=1)
    known = np.bincount(cluster[len(pool) :], minlength=count)
    rows = _in_turns(cluster[: len(pool)], distance[: len(pool)], known)
    return [Pick(pool[row], "diversity") for row in rows[:count]]


def text_vectors(texts: Sequence[str], seed: int) -> NDArray[np.float64]:
    """Unit vectors [n, at most 64] of character 1- and 2-grams (latent semantic analysis)."""
    vectorizer = TfidfVectorizer(
        analyzer="char", ngram_range=(1, 2), sublinear_tf=True, max_features=FEATURES
    )
    features = vectorizer.fit_transform(texts)
    dimensions = min(DIMENSIONS, features.shape[1])
    reduced = TruncatedSVD(dimensions, random_state=seed).fit_transform(features)
    lengths = np.linalg.norm(reduced, axis=1, keepdims=True)
    unit: NDArray[np.float64] = reduced / np.maximum(lengths, 1e-12)
    return unit


def _in_turns(
    cluster: NDArray[np.int64], distance: NDArray[np.float64], known: NDArray[np.int64]
) -> list[int]:
    """Rows by their place in their cluster, nearest to its centre first, then by what is known."""
    place = np.empty(len(cluster), dtype=np.int64)
    for own in (np.flatnonzero(cluster == c) for c in np.unique(cluster)):
        place[own[np.argsort(distance[own], kind="stable")]] = np.arange(len(own))
    order = np.lexsort((cluster, known[cluster], place))
    return [int(row) for row in order]
