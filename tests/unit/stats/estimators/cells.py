"""Invented cells for the tests of estimators."""

import numpy as np
from hypothesis import strategies as st

from pipeline.stats.estimators.cell import Cell

NOT = 3
TRUTH = np.array([0.15, 0.1, 0.05, 0.7])
RATES = np.array(
    [[0.7, 0.1, 0.1, 0.1], [0.2, 0.6, 0.1, 0.1], [0.1, 0.1, 0.7, 0.1], [0.04, 0.02, 0.04, 0.9]]
)


def cell(given, gold=None, chance=None, weight=None, cluster=None, unit="source", p=None):
    """A cell of one area; without gold nothing is labelled, without clusters all stand alone,
    without probabilities the classifier is sure."""
    n = len(given)
    p = np.eye(4)[np.asarray(given), :3] if p is None else np.asarray(p)
    gold = np.full(n, -1) if gold is None else np.asarray(gold)
    chance = np.where(gold >= 0, 1.0, 0.0) if chance is None else np.asarray(chance)
    weight = np.ones(n) if weight is None else np.asarray(weight)
    cluster = np.arange(n) if cluster is None else np.asarray(cluster)
    return Cell("cell", unit, "rules", np.asarray(given), p, gold, chance, weight, cluster)


def drawn(seed, n=600, labels=200, rates=RATES, stories=30):
    """A cell whose truth is TRUTH, with given answers that err at the given rates."""
    rng = np.random.default_rng(seed)
    gold = rng.choice(4, size=n, p=TRUTH)
    given = (rates.cumsum(axis=1)[gold] < rng.random(n)[:, None]).sum(axis=1)
    chance = np.where(rng.random(n) < labels / n, labels / n, 0.0)
    seen = np.where(chance > 0, gold, -1)
    return cell(given, seen, chance, cluster=np.arange(n) % stories)


@st.composite
def cells(draw, labelled=True):
    """Any cell: answers, labels, chances, reprints and stories at random."""
    n = draw(st.integers(1, 40))
    many = {"min_size": n, "max_size": n}
    given = draw(st.lists(st.integers(0, 3), **many))
    gold = draw(st.lists(st.integers(-1 if labelled else -1, 3 if labelled else -1), **many))
    chances = draw(st.lists(st.floats(0.05, 1.0), **many))
    chance = np.where(np.array(gold) >= 0, chances, 0.0)
    weight = 1 / np.array(draw(st.lists(st.integers(1, 3), **many)))
    _, cluster = np.unique(draw(st.lists(st.integers(0, 6), **many)), return_inverse=True)
    return cell(given, gold, chance, weight, cluster)
