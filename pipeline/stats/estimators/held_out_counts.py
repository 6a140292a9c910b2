"""How the classifier answers sentences that it never saw, counted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.records.held_out import HeldOut
from pipeline.records.summary import VoiceScope
from pipeline.stats.answers import coded
from pipeline.stats.estimators.cell import Floats, Ints
from pipeline.stats.scores import MISSING

ANSWERED = MISSING + 1


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


def summed(counts: Floats, group: Ints) -> Floats:
    """Counts [n, ...] added up by group [n], numbered from 0."""
    sums = np.zeros((int(group.max()) + 1, *counts.shape[1:]))
    np.add.at(sums, group, counts)
    return sums
