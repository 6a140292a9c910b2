"""Builds the page of a source over all areas, and of an area over all sources."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.pages.context import Context
from pipeline.pages.figures import area_tables, monthly, source_name, source_tables
from pipeline.pages.highlights import Answered, quoted, strongest
from pipeline.pages.names import area_href, evidence_href, source_href, stem
from pipeline.records.page import ArticleCard, Months
from pipeline.records.page_profile import Net, ProfilePage
from pipeline.records.page_text import EvidenceItem
from pipeline.records.summary import Summary
from pipeline.records.taxonomy import PolicyArea


def build_source_page(
    source: str,
    rows: Sequence[Summary],
    dated: Sequence[Summary],
    items: Sequence[EvidenceItem],
    cards: Iterable[ArticleCard],
    context: Context,
) -> ProfilePage:
    """One source: `rows` over all time, `dated` by month, its evidence and its articles."""
    answers = [(item, badge) for item in items for badge in item.sentence.badges]
    months = monthly(dated)
    return ProfilePage(
        frame=context.frame("../", "source"),
        kind="source",
        name=source_name(source),
        key=stem(source),
        definition=("", ""),
        doubt=None,
        sentences=max((row.sentences for row in rows), default=0),
        addressed=len(items),
        tables=area_tables(
            rows,
            context.taxonomy,
            context.quality.doubts,
            lambda area: f"../{evidence_href(source, area)}",
            lambda area: f"../{area_href(area)}",
        ),
        strongest=tuple(strongest(answers)),
        quoted=tuple(quoted(answers, "source")),
        unnamed=_unnamed(answers),
        months=months,
        nets=tuple(_nets(dated, months)),
        cards=tuple(newest(cards)),
    )


def build_area_page(
    area: PolicyArea,
    rows: Sequence[Summary],
    dated: Sequence[Summary],
    items: Iterable[EvidenceItem],
    sentences: int,
    context: Context,
) -> ProfilePage:
    """One area: the `rows` of all sources over all time, `dated` by month, and the evidence.

    `sentences` counts all body sentences of the corpus.
    """
    answers = [
        (item, badge)
        for item in items
        for badge in item.sentence.badges
        if badge.area.id == area.id
    ]
    return ProfilePage(
        frame=context.frame("../", "area"),
        kind="area",
        name=(area.zh, area.en),
        key=area.id,
        definition=(area.definition_zh, area.definition_en),
        doubt=context.quality.doubts.get(area.id),
        sentences=sentences,
        addressed=len(answers),
        tables=source_tables(
            rows,
            lambda source: f"../{evidence_href(source, area.id)}",
            lambda source: f"../{source_href(source)}",
        ),
        strongest=tuple(strongest(answers)),
        quoted=tuple(quoted(answers, "area")),
        unnamed=_unnamed(answers),
        months=monthly(dated),
        nets=(),
        cards=(),
    )


def newest(cards: Iterable[ArticleCard]) -> list[ArticleCard]:
    """The newest first; those without a date last."""
    return sorted(cards, key=lambda card: (card.date, card.title), reverse=True)


def _unnamed(answers: Iterable[Answered]) -> int:
    """How many quoting sentences have a speaker that the rule does not find."""
    return len(
        {
            item.href
            for item, _ in answers
            if item.sentence.voice == "attributed" and not item.speaker
        }
    )


def _nets(dated: Iterable[Summary], months: Months) -> Iterator[Net]:
    place = {month: i for i, month in enumerate(months.months)}
    for row in dated:
        if row.addressed:
            net = row.estimates["net"]
            yield row.area, row.voice, place[row.period], net.value, net.low, net.high
