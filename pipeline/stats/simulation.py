"""Invented sources whose truth is known, to see what an estimator's intervals are worth.

Every source has its own stances, its articles scatter around them, and the classifier errs at
rates that depend on the true answer, the area, the source and the article.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.records.summary import Unit
from pipeline.records.world import World
from pipeline.stats.estimators.cell import COVERAGE, Cell, Floats, Ints, figures, stances
from pipeline.stats.estimators.held_out_counts import ANSWERED, HeldOutCounts
from pipeline.stats.scores import MISSING

RATES = np.array(
    [
        [0.68, 0.09, 0.06, 0.17],
        [0.22, 0.54, 0.07, 0.17],
        [0.13, 0.08, 0.54, 0.25],
        [0.010, 0.006, 0.008, 0.976],
    ]
)
"""Truth by row, answer by column: about what the trained classifier does on held-out outlets."""
BETWEEN_AREAS = np.array([40.0, 40.0, 40.0, 900.0])[:, None]
BETWEEN_ARTICLES = np.array([40.0, 40.0, 40.0, 900.0])[:, None]
"""Concentrations of error rates; the higher, the more alike."""
LEAST_SENTENCES = 8


@dataclass(frozen=True)
class Drawn:
    """A world come true: `cells` and the true figures [5] of each, and the held-out counts."""

    cells: list[Cell]
    truth: list[Floats]
    held: HeldOutCounts


@dataclass(frozen=True)
class _Source:
    """`gold`, `given` [n, A], `article`, `story` [n] and the true figures [A, 5] of a source."""

    gold: Ints
    given: Ints
    article: Ints
    story: Ints
    truth: Floats


def draw(world: World, seed: int) -> Drawn:
    """One sample of a world; the same seed gives the same sample."""
    rng = np.random.default_rng(seed)
    areas = tuple(f"area-{i}" for i in range(world.areas))
    rates = dirichlet(np.tile(RATES * BETWEEN_AREAS, (world.areas, 1, 1)), rng)
    counts, outlet = [], []
    for number in range(world.held_out):
        source = _source(world, rates, world.held_out_articles, 0.0, rng)
        for story in range(world.held_out_articles):
            at = source.story == story
            counts.append(_confusion(source.gold[at], source.given[at]))
            outlet.append(number)
    usual = calibrated(np.array(counts))
    cells, truth = [], []
    for number in range(world.sources):
        source = _source(world, _drifted(rates, world.drift), world.articles, world.reprints, rng)
        chance = _chances(world, source, rng)
        for column, area in enumerate(areas):
            cells.append(_cell(world.unit, f"{number}/{area}", area, source, column, chance, usual))
            truth.append(_truth(world.unit, source, column))
    return Drawn(cells, truth, HeldOutCounts(np.array(counts), np.array(outlet), areas))


def _source(
    world: World, rates: Floats, articles: int, reprints: float, rng: np.random.Generator
) -> _Source:
    """Articles of one source: each has its own coverage, stances and error rates."""
    logit = np.log(world.coverage / (1 - world.coverage)) + 0.5 * rng.normal(size=world.areas)
    coverage = 1 / (1 + np.exp(-logit))
    stances = np.array(world.stances) * np.exp(world.spread * rng.normal(size=(world.areas, 3)))
    stances /= stances.sum(axis=1, keepdims=True)
    if world.apart:
        apart = world.apart * BETWEEN_ARTICLES / BETWEEN_ARTICLES[0]
        rates = dirichlet(rates * apart, rng)
    parts: list[tuple[Ints, Ints, int]] = []
    for story in range(articles):
        gold, given = _article(world, coverage, stances, rates, rng)
        copies = 1 + (int(rng.geometric(0.4)) if rng.random() < reprints else 0)
        parts += [(gold, given, story)] * copies
    length = [len(gold) for gold, _, _ in parts]
    return _Source(
        np.concatenate([gold for gold, _, _ in parts]),
        np.concatenate([given for _, given, _ in parts]),
        np.repeat(np.arange(len(parts)), length),
        np.repeat([story for _, _, story in parts], length),
        figures(coverage[:, None] * stances),
    )


def _article(
    world: World, coverage: Floats, stances: Floats, rates: Floats, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """True and given answers [n, A] of the sentences of one article."""
    n = max(LEAST_SENTENCES, int(rng.poisson(world.sentences)))
    addressed = rng.beta(5 * coverage, 5 * (1 - coverage))[:, None]
    shares = np.column_stack([addressed * dirichlet(6 * stances, rng), 1 - addressed])
    own = dirichlet(rates * BETWEEN_ARTICLES, rng)
    gold = _chosen(np.broadcast_to(shares, (n, *shares.shape)), rng)
    return gold, _chosen(own[np.arange(world.areas), gold], rng)


def _chosen(chances: Floats, rng: np.random.Generator) -> Ints:
    """One index for each last axis of chances."""
    at = rng.random(chances.shape[:-1])[..., None]
    found: Ints = np.minimum((chances.cumsum(axis=-1) < at).sum(axis=-1), MISSING)
    return found


def _drifted(rates: Floats, drift: float) -> Floats:
    """Errors that are more frequent by `drift`, critical read as supportive twice so."""
    more = rates * (1 + drift)
    more[:, 1, 0] *= 1 + drift
    right = np.arange(ANSWERED)
    more[:, right, right] = 0
    more[:, right, right] = np.maximum(1 - more.sum(axis=-1), 0.05)
    return np.asarray(more / more.sum(axis=-1, keepdims=True))


def _confusion(gold: Ints, given: Ints) -> Floats:
    """Counts [A, 4, 4] of truth by answer."""
    counts = np.zeros((gold.shape[1], ANSWERED, ANSWERED))
    np.add.at(counts, (np.arange(gold.shape[1])[None], gold, given), 1)
    return counts


def _chances(world: World, source: _Source, rng: np.random.Generator) -> Floats:
    """With which chance each sentence was drawn for labelling [n], 0.0 where it was not."""
    n = len(source.story)
    chance = np.full(n, min(1.0, world.labels / n))
    if world.unequal:
        chance = np.clip(
            chance * rng.uniform(0.4, 1.6, source.article.max() + 1)[source.article], 0, 1
        )
    return np.where(rng.random(n) < chance, chance, 0.0)


def _truth(unit: Unit, source: _Source, column: int) -> Floats:
    """Figures [5]; of an article that does not address the area its stances are nan."""
    if unit == "source":
        return np.asarray(source.truth[column])
    found = figures(stances(source.gold[:, column]).mean(axis=0))
    return found if found[COVERAGE] else np.append(np.full(COVERAGE, np.nan), 0.0)


def calibrated(counts: Floats) -> Floats:
    """Probabilities [4, 3] of the stances behind each answer, from held-out counts of truth by
    answer: all that a classifier can be sure of that has no more to tell than its answers."""
    both = counts.reshape(-1, ANSWERED, ANSWERED).sum(axis=0)
    behind = (both / np.maximum(both.sum(axis=0), 1)).T[:, :MISSING]
    behind[MISSING] = 0
    return np.asarray(behind)


def _cell(
    unit: Unit, name: str, area: str, source: _Source, column: int, chance: Floats, usual: Floats
) -> Cell:
    pairs = np.unique(np.column_stack([source.story, source.article]), axis=0)
    copies = np.bincount(pairs[:, 0])
    gold = np.where(chance > 0, source.gold[:, column], -1)
    weight = 1 / copies[source.story]
    given = source.given[:, column]
    cluster = source.story if unit == "source" else np.arange(len(given))
    return Cell(name, unit, area, given, usual[given], gold, chance, weight, cluster)


def dirichlet(weights: Floats, rng: np.random.Generator) -> Floats:
    """One draw for each last axis of weights."""
    drawn = rng.standard_gamma(np.maximum(weights, 1e-3)) + 1e-12
    return np.asarray(drawn / drawn.sum(axis=-1, keepdims=True))
