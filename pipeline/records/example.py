"""A sentence with its agreed labels: what a classifier learns from and is scored on."""

from dataclasses import dataclass, field

from pipeline.records.labels import Role, Stance, Voice


@dataclass(frozen=True)
class LabelledExample:
    """Consensus of a sentence's annotations; `disagreement` is the share of differing answers.

    `hard` are the codebook's hard cases that at least half of the annotators saw in it.
    `source` is the outlet and `story` the reprint group: folds are cut along them. `sampling_p`
    is the probability with which it was drawn (None: not a random draw), `drawn_at` when it was
    first answered after that.
    """

    sentence_id: str
    article_id: str
    source: str
    story: str
    text: str
    before: str
    after: str
    areas: dict[str, Stance]
    voice: Voice | None
    role: Role
    annotators: int
    disagreement: float
    hard: tuple[str, ...] = ()
    sampling_p: float | None = None
    drawn_at: str = field(default="", repr=False)  # no training hangs on it, and keys are reprs
