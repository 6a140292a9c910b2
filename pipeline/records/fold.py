"""Where an article stands: in which fold, or held out of training."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fold:
    """An article's fold (0, 1, …); `held_out` articles are never trained on."""

    article_id: str
    fold: int
    held_out: bool
