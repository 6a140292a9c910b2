"""Shares of stances: one row per unit (source or article), policy area and voice."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["source", "article"]
VoiceScope = Literal["author", "attributed", "all"]

VOICE_SCOPES: tuple[VoiceScope, ...] = ("author", "attributed", "all")


@dataclass(frozen=True)
class Summary:
    """How one source or article speaks about one area, counted from predictions ("raw").

    Counts are sentences that address the area in the given voice; `sentences` is all body
    sentences of the unit, `coverage` the share of them that address the area, and
    `net` = (supportive - critical) / addressed, in -1..1 (0.0 where nothing is addressed).
    `sentence_ids` are the counted sentences, so that every number links to its evidence.
    """

    unit: Unit
    key: str
    area: str
    voice: VoiceScope
    supportive: int
    critical: int
    neutral: int
    sentences: int
    coverage: float
    net: float
    estimator: str
    sentence_ids: tuple[str, ...]

    @property
    def addressed(self) -> int:
        """How many sentences address the area, whatever their stance."""
        return self.supportive + self.critical + self.neutral
