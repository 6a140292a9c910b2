"""Sentences that the model takes to address the areas with the fewest labels."""

from collections import Counter
from collections.abc import Sequence

from pipeline.annotation.candidates import Candidate, Evidence, Pick
from pipeline.annotation.chance import rank
from pipeline.records.labels import NOT_ADDRESSED


def rare_areas(pool: Sequence[Candidate], evidence: Evidence, count: int) -> list[Pick]:
    """One sentence after the other for the area that has the fewest labels at that moment.

    Inside an area the surest predictions come first: a rare area needs examples that address it.
    A chosen sentence counts for every area that it is predicted to address.
    """
    labels = Counter(area for e in evidence.labelled for area in e.areas)
    waiting = {area: _of_area(area, pool, evidence) for area in evidence.taxonomy.ids}
    picks: dict[str, Pick] = {}
    while len(picks) < count:
        for own in waiting.values():
            while own and own[-1].id in picks:
                own.pop()
        area = min((a for a in waiting if waiting[a]), key=lambda a: labels[a], default=None)
        if area is None:
            break
        chosen = waiting[area].pop()
        picks[chosen.id] = Pick(chosen, f"rare_area:{area}")
        labels.update(answer.area for answer in evidence.predictions[chosen.id].areas)
    return list(picks.values())


def _of_area(area: str, pool: Sequence[Candidate], evidence: Evidence) -> list[Candidate]:
    """The sentences predicted to address an area, the surest last."""
    sure = {
        c.id: 1 - answer.p.get(NOT_ADDRESSED, 0.0)
        for c in pool
        if c.id in evidence.predictions
        for answer in evidence.predictions[c.id].areas
        if answer.area == area
    }
    found = [c for c in pool if c.id in sure]
    return sorted(found, key=lambda c: (sure[c.id], rank(evidence.seed, c.id)))
