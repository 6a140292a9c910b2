"""What the templates receive, and nothing else: one dataclass a page, and its parts.

Every `href` and `anchor` is made by the site from hashes, never from an article's own words.
"""

from dataclasses import dataclass, field
from math import ceil
from typing import Any, Literal

from pipeline.records.article import Markup
from pipeline.records.labels import BlockKind, Role, Stance, Voice
from pipeline.records.summary import Summary, VoiceScope
from pipeline.records.taxonomy import PolicyArea

Tone = Literal["supportive", "critical", "neutral", "mixed", "plain"]


@dataclass(frozen=True)
class SiteName:
    """What the site calls itself, in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True)
class Badge:
    """The stance of one sentence toward one area; `p` is the probability of that stance.

    `words` are those that carried it, the strongest first.
    """

    area: PolicyArea
    stance: Stance
    p: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkedSentence:
    """A sentence in the words of the raw file, with what the classifier answered about it."""

    anchor: str
    text: str
    badges: tuple[Badge, ...]
    voice: Voice
    voice_p: float
    role: Role
    role_p: float

    @property
    def tone(self) -> Tone:
        """The one stance of its badges, "mixed" where they differ, "plain" without any."""
        stances = {badge.stance for badge in self.badges}
        if len(stances) > 1:
            return "mixed"
        return stances.pop() if stances else "plain"


@dataclass(frozen=True)
class PageBlock:
    """A paragraph or heading: unmarked text and marked sentences in their order."""

    kind: BlockKind
    rule: str
    pieces: tuple[str | MarkedSentence, ...]


@dataclass(frozen=True)
class Figure:
    """One summary on a page, and where its sentences are shown."""

    area: PolicyArea
    summary: Summary
    href: str

    @property
    def bar(self) -> tuple[tuple[Stance, float, float], ...]:
        """The parts of the share bar: stance, start and width in percent of the addressed."""
        row = self.summary
        counts: tuple[tuple[Stance, int], ...] = (
            ("supportive", row.supportive),
            ("neutral", row.neutral),
            ("critical", row.critical),
        )
        parts: list[tuple[Stance, float, float]] = []
        start = 0.0
        for stance, count in counts:
            width = 100 * count / (row.addressed or 1)
            parts.append((stance, round(start, 2), round(width, 2)))
            start += width
        return tuple(parts)

    @property
    def heat(self) -> str:
        """The net stance in steps to colour by: "critical-3" … "even" … "supportive-3"; "none"."""
        if not self.summary.addressed:
            return "none"
        if not self.summary.net:
            return "even"
        side = "supportive" if self.summary.net > 0 else "critical"
        return f"{side}-{ceil(3 * abs(self.summary.net))}"


@dataclass(frozen=True)
class ScopeTable:
    """The figures of one voice scope, one an area."""

    scope: VoiceScope
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class ArticlePage:
    """One article: its text with the marks, and the tables that count them."""

    site: SiteName
    root: str
    title: str
    source: str
    author: str
    date: str
    file: str
    markup: Markup
    models: tuple[str, ...]
    estimator: str
    sentences: int
    addressed: int
    areas: tuple[PolicyArea, ...]
    tables: tuple[ScopeTable, ...]
    blocks: tuple[PageBlock, ...]
    boilerplate: tuple[PageBlock, ...]


@dataclass(frozen=True)
class EvidenceItem:
    """A sentence away from its article, with the link back."""

    sentence: MarkedSentence
    title: str
    date: str
    href: str


@dataclass(frozen=True)
class EvidencePage:
    """All sentences of one source about one area: what a number of the matrix stands on."""

    site: SiteName
    root: str
    source: str
    area: PolicyArea
    estimator: str
    figures: tuple[Figure, ...]
    items: tuple[EvidenceItem, ...]


@dataclass(frozen=True)
class MatrixRow:
    """One source in the matrix, in one voice scope; one figure an area."""

    source: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Matrix:
    """Sources by areas in one voice scope."""

    scope: VoiceScope
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class ArticleCard:
    """One line of the article list; `top` are its most addressed areas, all voices."""

    href: str
    title: str
    source: str
    date: str
    sentences: int
    addressed: int
    top: tuple[Figure, ...]


@dataclass(frozen=True)
class Quality:
    """Held-out `figures` by name, and why an area is `not_reliable` yet, by its id."""

    figures: dict[str, Any] = field(default_factory=dict)
    not_reliable: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class IndexPage:
    """The front page: what the corpus is, the matrix, quality figures, the articles."""

    site: SiteName
    root: str
    areas: tuple[PolicyArea, ...]
    matrices: tuple[Matrix, ...]
    cards: tuple[ArticleCard, ...]
    left_out: int
    models: tuple[str, ...]
    estimator: str
    taxonomy_version: str
    quality: tuple[tuple[str, str], ...]
    not_reliable: dict[str, str]

    @property
    def sources(self) -> int:
        """How many sources the matrix has."""
        return len(self.matrices[0].rows) if self.matrices else 0

    @property
    def sentences(self) -> int:
        """Body sentences of all articles."""
        return sum(card.sentences for card in self.cards)

    @property
    def addressed(self) -> int:
        """Body sentences that address at least one area."""
        return sum(card.addressed for card in self.cards)

    @property
    def dates(self) -> tuple[str, ...]:
        """The first and last known date, () where none is known."""
        known = sorted(card.date for card in self.cards if card.date)
        return (known[0], known[-1]) if known else ()
