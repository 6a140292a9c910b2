"""How the classifier errs, from held-out sentences, and how surely that is known of another unit.

A confusion is [4, 4]: the true answer by row, the chance of each given answer by column, in the
order of ANSWERS. An area's confusion is drawn to that of all areas, since few sentences address
it; what outlets, articles and areas differ in is measured as overdispersion of their counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.records.held_out import HeldOut
from pipeline.records.summary import Unit, VoiceScope
from pipeline.stats.answers import coded
from pipeline.stats.estimators.cell import Floats, Ints
from pipeline.stats.scores import MISSING, bootstrap_weights

ANSWERED = MISSING + 1
PRIOR = {
    "area": (0.03, 0.03, 0.03, 0.002),
    "source": (0.02, 0.02, 0.02, 0.001),
    "article": (0.02, 0.02, 0.02, 0.001),
}
"""Overdispersion of rates between areas, outlets and articles, a number a true answer: what the
sixteen held-out outlets of the sample articles show, rounded."""
PRIOR_DF = 10.0  # what a prior counts as
SMOOTHING = np.full((ANSWERED, ANSWERED), 0.125) + 0.5 * np.eye(ANSWERED)
BOUNDS = (1e-4, 0.5)  # of overdispersion


@dataclass(frozen=True)
class HeldOutCounts:
    """Counts [stories, A, 4, 4] of truth by answer for each of `areas`; `outlet` [stories]."""

    counts: Floats
    outlet: Ints
    areas: tuple[str, ...]


def held_out_counts(
    held: Sequence[HeldOut], areas: Sequence[str], scope: VoiceScope
) -> HeldOutCounts:
    """Count held-out sentences by story, as one voice scope sees them."""
    gold = coded([h.gold for h in held], [h.gold_voice for h in held], areas).seen(scope)
    given = coded([h.given for h in held], [h.given_voice for h in held], areas).seen(scope)
    outlet_of = {h.story: h.source or h.article_id for h in held}
    stories = {story: i for i, story in enumerate(outlet_of)}
    counts = np.zeros((len(stories), len(areas), ANSWERED, ANSWERED))
    at = np.array([stories[h.story] for h in held])[:, None]
    np.add.at(counts, (at, np.arange(len(areas))[None], gold, given), 1)
    _, outlet = np.unique(list(outlet_of.values()), return_inverse=True)
    return HeldOutCounts(counts, outlet, tuple(areas))


@dataclass(frozen=True)
class Confusion:
    """What turns given into true answers: the inverse [4, 4] of the transposed `usual` confusion
    of an area, and `draws` [draws, 4, 4] of that in one more outlet or article."""

    usual: Floats
    draws: Floats

    @classmethod
    def of(cls, usual: Floats, draws: Floats) -> "Confusion":
        """Invert confusions."""
        usual, draws = (
            np.asarray(np.linalg.pinv(np.swapaxes(rates, -1, -2)), dtype=np.float64)
            for rates in (usual, draws)
        )
        return cls(usual, draws)


def confusions(held: HeldOutCounts, unit: Unit, draws: int, seed: int) -> dict[str, Confusion]:
    """Of each area that held-out sentences address, for units of one kind.

    A draw takes outlets with replacement; then each row scatters (Dirichlet) as rates do between
    outlets or articles, and between areas as far as the area's own counts leave that open.
    """
    rng = np.random.default_rng(seed)
    outlets = summed(held.counts, held.outlet)
    groups = outlets if unit == "source" else held.counts
    scatter = overdispersions(groups.sum(axis=1), PRIOR[unit])
    apart = overdispersions(held.counts.sum(axis=0), PRIOR["area"])
    taken = np.einsum("do,o...->d...", bootstrap_weights(len(outlets), draws, seed), outlets)
    found = {}
    for column, area in enumerate(held.areas):
        own = held.counts[:, column].sum(axis=0)
        if own[:MISSING].sum() == 0:
            continue
        known = own.sum(axis=-1) * apart / (1 - apart + own.sum(axis=-1) * apart)
        centre = _drawn_to(taken, column, known)
        loose = np.clip(scatter + (1 - known) * apart, *BOUNDS)
        found[area] = Confusion.of(
            _drawn_to(outlets.sum(axis=0), column, known),
            dirichlet(centre * (1 / loose - 1)[:, None], rng),
        )
    return found


def summed(counts: Floats, group: Ints) -> Floats:
    """Counts [n, ...] added up by group [n], numbered from 0."""
    sums = np.zeros((int(group.max()) + 1, *counts.shape[1:]))
    np.add.at(sums, group, counts)
    return sums


def _drawn_to(counts: Floats, column: int, known: Floats) -> Floats:
    """Rates [..., 4, 4] of an area from counts [..., A, 4, 4]: its own, as far as `known` [4]."""
    everywhere = _rates(counts.sum(axis=-3) + SMOOTHING)
    here = _rates(counts[..., column, :, :] + everywhere)
    return known[:, None] * here + (1 - known)[:, None] * everywhere


def _rates(counts: Floats) -> Floats:
    return np.asarray(counts / counts.sum(axis=-1, keepdims=True))


def overdispersions(counts: Floats, prior: Sequence[float]) -> Floats:
    """Of counts [groups, 4, 4] a number a row [4], drawn to the prior."""
    found = []
    for row, usual in enumerate(prior):
        value, df = overdispersion(counts[:, row])
        found.append((PRIOR_DF * usual + df * value) / (PRIOR_DF + df))
    return np.clip(found, *BOUNDS)


def overdispersion(counts: Floats) -> tuple[float, float]:
    """Intraclass correlation of multinomial counts [groups, k] and its degrees of freedom.

    The value at which Pearson's statistic of equal rates is what the Dirichlet-multinomial model
    expects (moments); 0 at pure chance, below 0 where groups are more alike than chance.
    """
    n = counts.sum(axis=1)
    total = counts.sum(axis=0)
    counts, n = counts[n > 0][:, total > 0], n[n > 0]
    classes = counts.shape[1] - 1
    if len(n) < 2 or classes < 1:
        return 0.0, 0.0
    expected = n[:, None] * counts.sum(axis=0) / n.sum()
    pearson = float(((counts - expected) ** 2 / expected).sum())
    free = 1 - n / n.sum()
    slope = classes * float((free * (n - 1)).sum())
    if slope <= 0:
        return 0.0, 0.0
    return (pearson - classes * float(free.sum())) / slope, float((len(n) - 1) * classes)


def dirichlet(weights: Floats, rng: np.random.Generator) -> Floats:
    """One draw for each last axis of weights."""
    return _rates(rng.standard_gamma(np.maximum(weights, 1e-3)) + 1e-12)
