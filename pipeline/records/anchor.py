"""The anchor set: the same sentences, answered by one version after another."""

from dataclasses import dataclass

from pipeline.records.labels import Stance, Voice
from pipeline.records.summary import Estimate


@dataclass(frozen=True)
class Anchor:
    """A line of labels/anchors.jsonl: a sentence in its context that stays as it is."""

    sentence_id: str
    article_id: str
    text: str
    before: str
    after: str


@dataclass(frozen=True)
class AnchorAnswer:
    """What one version answers about one anchor; addressed areas only."""

    areas: dict[str, Stance]
    voice: Voice


@dataclass(frozen=True)
class AnchorRecord:
    """A line of labels/anchor_answers.jsonl: a version, and its answer by sentence_id.

    A version is a `model` with the `areas` that it answers for, under a `codebook` (the first
    twelve digits of its SHA-256) and a taxonomy version.
    """

    model: str
    taxonomy: str
    codebook: str
    areas: tuple[str, ...]
    answers: dict[str, AnchorAnswer]


@dataclass(frozen=True)
class Shift:
    """One area: of `sentences` anchors, answers `changed` (to or from not addressed included).

    `shift` is the difference of the net stances `net_before` and `net_after`, with a 95 %
    interval over articles where enough of them address the area.
    """

    area: str
    sentences: int
    changed: int
    net_before: float
    net_after: float
    shift: Estimate

    @property
    def sure(self) -> bool:
        """Whether the version alone surely moves the net stance."""
        low, high = self.shift.low, self.shift.high
        return low is not None and high is not None and (low > 0 or high < 0)
