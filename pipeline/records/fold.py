"""Where an article stands: in which fold, or held out of training."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records.example import LabelledExample


@dataclass(frozen=True)
class Fold:
    """An article's fold (0, 1, …); `held_out` articles are never trained on."""

    article_id: str
    fold: int
    held_out: bool


def held_out(examples: Sequence[LabelledExample], folds: Sequence[Fold]) -> list[LabelledExample]:
    """The examples of articles that are never trained on."""
    out = {fold.article_id for fold in folds if fold.held_out}
    return [example for example in examples if example.article_id in out]


def learnt(examples: Sequence[LabelledExample], folds: Sequence[Fold]) -> list[LabelledExample]:
    """The examples of articles that are trained on."""
    usable = {fold.article_id for fold in folds if not fold.held_out}
    return [example for example in examples if example.article_id in usable]
