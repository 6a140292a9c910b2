"""What the templates of a source's page, an area's page and their evidence receive."""

from dataclasses import dataclass
from typing import Literal

from pipeline.records.labels import Stance, Voice
from pipeline.records.page import ArticleCard, Both, Data, Doubt, Figure, Frame, Months, ScopeTable
from pipeline.records.page_text import EvidenceItem
from pipeline.records.summary import VoiceScope
from pipeline.records.taxonomy import PolicyArea

Kind = Literal["source", "area"]
Net = tuple[str, VoiceScope, int, float, float | None, float | None]
"""Area id, voice scope, position of the month, net stance and the ends of its interval."""


@dataclass(frozen=True)
class Strongest:
    """The surest sentences of one stance in one voice, out of `count`."""

    stance: Stance
    voice: Voice
    count: int
    items: tuple[EvidenceItem, ...]


@dataclass(frozen=True)
class Quoted:
    """Somebody who is quoted on an area (or by a source): how often, and one such sentence."""

    speaker: str
    about: Both
    supportive: int
    critical: int
    neutral: int
    href: str


@dataclass(frozen=True)
class ProfilePage:
    """One source over all areas, or one area over all sources.

    `unnamed` counts quoting sentences whose speaker the rule does not find. `months` counts by
    month; `nets` adds to it the estimated net stance of a source.
    """

    frame: Frame
    kind: Kind
    name: Both
    key: str
    definition: Both
    doubt: Doubt | None
    sentences: int
    addressed: int
    tables: tuple[ScopeTable, ...]
    strongest: tuple[Strongest, ...]
    quoted: tuple[Quoted, ...]
    unnamed: int
    months: Months
    nets: tuple[Net, ...]
    cards: tuple[ArticleCard, ...]

    @property
    def data(self) -> Data:
        """What the charts are drawn from."""
        return {
            "key": self.key if self.kind == "area" else "",
            "months": self.months.months,
            "counts": self.months.rows,
            "nets": self.nets,
        }


@dataclass(frozen=True)
class EvidencePage:
    """All sentences of one source about one area: what a number of the matrix stands on.

    `items` are the first of them; the others are in the files of `chunks`, beside the page.
    """

    frame: Frame
    source: str
    source_href: str
    area: PolicyArea
    area_href: str
    doubt: Doubt | None
    figures: tuple[Figure, ...]
    total: int
    items: tuple[EvidenceItem, ...]
    chunks: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceChunk:
    """More sentences of an evidence page, as a script that its page loads when asked."""

    area: PolicyArea
    items: tuple[EvidenceItem, ...]
