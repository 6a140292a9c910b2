"""Shares of stances: one row per unit (source or article), period, policy area and voice."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["source", "article"]
VoiceScope = Literal["author", "attributed", "all"]
Estimator = Literal["raw", "expected", "ppi"]

VOICE_SCOPES: tuple[VoiceScope, ...] = ("author", "attributed", "all")
FIGURES = ("supportive", "critical", "neutral", "net", "coverage")
"""What is estimated of every row: shares of the addressed, net stance, share of sentences."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval; both ends are None where no honest one can be given."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Summary:
    """How one source or article speaks about one area, in one voice.

    `period` is "" for all time or YYYY-MM for a month (sources only). `supportive`, `critical`
    and `neutral` count predicted sentences as they are, in `sentences` body sentences of
    `articles` articles that tell `stories` stories (reprints count once there). A source has
    a row for every area, an article for those that a sentence of it addresses.

    `estimates` holds all FIGURES: supportive, critical and neutral are shares of the sentences
    that address the area, net = supportive - critical (-1..1), coverage is the addressing share
    of all body sentences; all are 0.0 where nothing addresses it. Reprints weigh as one story
    in all but raw ones. They were estimated by `estimator`, from `labelled` randomly drawn labels
    where it uses such; `note` says why by no better one ("" when it was the best). A source's
    intervals speak of what it publishes, an article's of this article alone. `sentence_ids` are
    the counted sentences: every number's evidence.
    """

    unit: Unit
    key: str
    period: str
    area: str
    voice: VoiceScope
    supportive: int
    critical: int
    neutral: int
    sentences: int
    articles: int
    stories: int
    estimates: dict[str, Estimate]
    estimator: Estimator
    note: str
    labelled: int
    sentence_ids: tuple[str, ...]

    @property
    def addressed(self) -> int:
        """How many sentences were predicted to address the area, whatever their stance."""
        return self.supportive + self.critical + self.neutral

    @property
    def net(self) -> float:
        """The estimated net stance, -1..1."""
        return self.estimates["net"].value

    @property
    def coverage(self) -> float:
        """The estimated share of body sentences that address the area, 0..1."""
        return self.estimates["coverage"].value
