"""What the pages share: the templates receive one dataclass a page, and nothing else.

Every `href` and `anchor` is made by the site from hashes, never from an article's own words.
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Any, Literal

from pipeline.records.labels import Stance
from pipeline.records.summary import Estimate, Summary, VoiceScope
from pipeline.records.taxonomy import PolicyArea

Direction = Literal["supportive", "critical", "open", "unknown"]
Both = tuple[str, str]
"""A word or phrase for readers: Chinese, English."""


@dataclass(frozen=True)
class SiteName:
    """What the site calls itself, in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True)
class Inline:
    """What a page carries in itself when it stands alone: its style and its scripts.

    `policy` is the Content-Security-Policy that lets these run and nothing else.
    """

    style: str
    scripts: tuple[str, ...]
    policy: str


@dataclass(frozen=True)
class Frame:
    """Around every page: the site's name, the way to its `root`, words in both languages.

    `here` names the part of the site; `words` maps what tags show (stances, voices, roles,
    areas) to both languages.
    """

    site: SiteName
    root: str
    here: str
    words: dict[str, Both]
    inline: Inline | None = None


@dataclass(frozen=True)
class Doubt:
    """Why an area is not reliable yet, in both languages."""

    zh: str
    en: str


def direction(net: Estimate) -> Direction:
    """Where the interval of a net stance lies: on one side of zero, over it, or nowhere.

    Only a net stance that is surely on one side is shown as supportive or critical.
    """
    if net.low is None or net.high is None:
        return "unknown"
    if net.low > 0:
        return "supportive"
    return "critical" if net.high < 0 else "open"


@dataclass(frozen=True)
class Figure:
    """One summary in a table: the name of its row, and where its sentences are shown.

    `name` is an area's or a source's in both languages, `key` its id. Rows of one `tier` can't
    be told apart by their intervals; None where there is no interval.
    """

    name: Both
    key: str
    summary: Summary
    href: str
    page: str = ""
    tier: int | None = None
    doubt: Doubt | None = None

    @property
    def direction(self) -> Direction:
        """On which side of zero the net stance surely is."""
        return direction(self.summary.estimates["net"])

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
    def radius(self) -> float:
        """Of the dot that stands for the net stance: its area grows with coverage, 3 to 15."""
        return round(3 + min(12.0, 18 * sqrt(max(0.0, self.summary.coverage))), 1)

    @property
    def whisker(self) -> tuple[int, int, int]:
        """Low end, net stance and high end in hundredths, ends rounded outwards; all the same
        without an interval."""
        net = self.summary.estimates["net"]
        value = round(100 * net.value)
        if net.low is None or net.high is None:
            return value, value, value
        return max(-100, floor(100 * net.low)), value, min(100, ceil(100 * net.high))


@dataclass(frozen=True)
class ScopeTable:
    """The figures of one voice scope, one an area or one a source."""

    scope: VoiceScope
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Months:
    """Counted stances by month: a row an area, voice scope and month, as [s, c, n] counts.

    `rows` are (area id, scope, index into `months`, supportive, critical, neutral).
    """

    months: tuple[str, ...]
    rows: tuple[tuple[str, VoiceScope, int, int, int, int], ...]


@dataclass(frozen=True)
class ArticleCard:
    """One line of a list of articles; `top` are its most addressed areas, all voices."""

    href: str
    title: str
    source: str
    source_href: str
    date: str
    sentences: int
    addressed: int
    top: tuple[tuple[PolicyArea, int, int, int], ...]


Data = dict[str, Any]
"""What a page's script is given, ready for JSON."""
