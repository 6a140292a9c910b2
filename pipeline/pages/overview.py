"""Builds the front page and what it shares with the comparison of two sources."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.pages.context import Context
from pipeline.pages.figures import monthly
from pipeline.pages.names import area_href, source_href, stem
from pipeline.pages.profile import newest
from pipeline.records.page import ArticleCard, direction
from pipeline.records.page_overview import (
    AreaHead,
    Cell,
    Contest,
    IndexPage,
    Overview,
    SourceHead,
)
from pipeline.records.summary import VOICE_SCOPES, Summary, VoiceScope
from pipeline.stats.ranks import tiers

Rows = Mapping[str, Sequence[Summary]]
"""Summaries by source."""

NEWEST = 8
"""Articles that the front page lists."""


def area_heads(context: Context) -> tuple[AreaHead, ...]:
    """The policy areas in the taxonomy's order."""
    doubts = context.quality.doubts
    return tuple(
        AreaHead(area, area_href(area.id), stem(area.id), doubts.get(area.id))
        for area in context.taxonomy.areas
    )


def build_overview(
    rows: Rows, dated: Iterable[Summary], cards: Iterable[ArticleCard], context: Context
) -> Overview:
    """The matrix of all sources, areas and voices; cells without a sentence are left out.

    `rows` are over all time, `dated` by month.
    """
    sources = tuple(_sources(rows, cards))
    place = {source.name: i for i, source in enumerate(sources)}
    cells: list[Cell] = []
    for column, area in enumerate(context.taxonomy.ids):
        for scope in VOICE_SCOPES:
            found = [
                row
                for group in rows.values()
                for row in group
                if row.area == area and row.voice == scope and row.addressed
            ]
            order = tiers([row.estimates["net"] for row in found])
            cells += [
                Cell(place[row.key], column, row, tier)
                for row, tier in zip(found, order, strict=True)
            ]
    return Overview(area_heads(context), sources, tuple(cells), monthly(dated))


def _sources(rows: Rows, cards: Iterable[ArticleCard]) -> Iterator[SourceHead]:
    articles: Counter[str] = Counter()
    addressed: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    for card in cards:
        articles[card.source] += 1
        addressed[card.source] += card.addressed
        sentences[card.source] += card.sentences
    for name in sorted(rows):
        counts = (articles[name], sentences[name], addressed[name])
        yield SourceHead(name, source_href(name), stem(name), *counts)


def build_index_page(
    overview: Overview,
    cards: Sequence[ArticleCard],
    left_out: int,
    models: Sequence[str],
    context: Context,
) -> IndexPage:
    """The front page; `left_out` counts articles without predictions."""
    known = sorted(card.date for card in cards if card.date)
    return IndexPage(
        frame=context.frame("", "index"),
        overview=overview,
        contests=tuple(tuple(_contests(overview, scope)) for scope in VOICE_SCOPES),
        cards=tuple(newest(cards)[:NEWEST]),
        articles=len(cards),
        left_out=left_out,
        sentences=sum(card.sentences for card in cards),
        addressed=sum(card.addressed for card in cards),
        dates=(known[0], known[-1]) if known else (),
        models=tuple(models),
        taxonomy_version=context.taxonomy.version,
        quality=context.quality,
    )


def _contests(overview: Overview, scope: VoiceScope) -> Iterator[Contest]:
    """Areas with sources on both sides first, else in the taxonomy's order: no ranking."""
    found = [
        _contest(head, [c for c in overview.cells if c.area == i], overview.sources, scope)
        for i, head in enumerate(overview.areas)
    ]
    yield from (contest for contest in found if contest.disputed)
    yield from (contest for contest in found if not contest.disputed)


def _contest(
    head: AreaHead, cells: Sequence[Cell], sources: Sequence[SourceHead], scope: VoiceScope
) -> Contest:
    here = [cell for cell in cells if cell.summary.voice == scope]
    sides: dict[str, list[SourceHead]] = {}
    for cell in here:
        side = direction(cell.summary.estimates["net"])
        sides.setdefault(side, []).append(sources[cell.source])
    return Contest(
        head=head,
        scope=scope,
        supportive=sum(cell.summary.supportive for cell in here),
        critical=sum(cell.summary.critical for cell in here),
        neutral=sum(cell.summary.neutral for cell in here),
        for_it=tuple(sides.get("supportive", ())),
        against_it=tuple(sides.get("critical", ())),
        open=len(sides.get("open", ())),
        unknown=len(sides.get("unknown", ())),
    )
