"""How much of a difference is the new version, on sentences that did not change."""

from collections.abc import Sequence

import numpy as np

from pipeline.records.anchor import Anchor, AnchorRecord, Shift
from pipeline.records.summary import Estimate
from pipeline.stats.answers import Ints, coded
from pipeline.stats.estimators.cell import NET, Floats, figures, stances
from pipeline.stats.estimators.clusters import cluster_sums
from pipeline.stats.scores import MISSING, sample_weights

DRAWS = 1000
LEAST = 5  # articles in which each version addresses the area; with fewer there is no interval


def shifts(anchors: Sequence[Anchor], old: AnchorRecord, new: AnchorRecord) -> list[Shift]:
    """One an area that both versions answer for, over the anchors that both answered."""
    both = [a for a in anchors if a.sentence_id in old.answers and a.sentence_id in new.answers]
    areas = [area for area in new.areas if area in old.areas]
    before, after = (
        coded(
            [record.answers[a.sentence_id].areas for a in both],
            [record.answers[a.sentence_id].voice for a in both],
            areas,
        ).areas
        for record in (old, new)
    )
    _, article = np.unique([a.article_id for a in both], return_inverse=True)
    found = []
    for column, area in enumerate(areas):
        one, two = before[:, column], after[:, column]
        nets = [_nets(stances(answers), article) for answers in (one, two)]
        enough = all(len(np.unique(article[x != MISSING])) >= LEAST for x in (one, two))
        found.append(
            Shift(
                area,
                len(both),
                int((one != two).sum()),
                round(float(nets[0][0]), 4),
                round(float(nets[1][0]), 4),
                _estimate(nets[1] - nets[0], enough),
            )
        )
    return found


def _nets(indicators: Floats, article: Ints) -> Floats:
    """Net stance [1 + draws]: of all articles, then of articles drawn with replacement."""
    counts = cluster_sums(indicators, article)
    totals = sample_weights(len(counts), DRAWS) @ counts
    return figures(totals / max(1.0, totals.max()))[:, NET]


def _estimate(differences: Floats, enough: bool) -> Estimate:
    value = round(float(differences[0]), 4)
    if not enough:
        return Estimate(value)
    low, high = (round(float(x), 4) for x in np.percentile(differences[1:], [2.5, 97.5]))
    return Estimate(value, min(low, value), max(high, value))
