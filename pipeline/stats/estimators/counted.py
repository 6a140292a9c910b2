"""The given answers of a cell, counted, with how alike sentences of a story are."""

from dataclasses import dataclass

from pipeline.stats.estimators.cell import NOTHING, Cell, Floats, stances
from pipeline.stats.estimators.clusters import Alike, alike


@dataclass(frozen=True)
class Counted:
    """The `addressed` share and how alike sentences are in addressing and, among those, in their
    stance."""

    addressed: float
    addressing: Alike
    stance: Alike


def count(cell: Cell) -> Counted:
    """The given answers of a cell, reprints once."""
    of_stance = stances(cell.given)
    addressed = of_stance.sum(axis=1)
    total, base = cell.weight.sum(), cell.weight * addressed
    share = float(base.sum() / total)
    shares: Floats = cell.weight @ of_stance / max(float(base.sum()), NOTHING)
    apart = (of_stance - shares) * addressed[:, None]
    return Counted(
        share,
        alike((addressed - share)[:, None], share * (1 - share), cell.weight, cell.cluster),
        alike(apart, float((shares * (1 - shares)).sum()), base, cell.cluster),
    )
