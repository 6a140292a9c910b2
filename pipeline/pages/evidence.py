"""Builds the pages that a number of the matrix links to: one a source and area."""

from collections.abc import Iterator, Sequence

from pipeline.pages.context import Context
from pipeline.pages.names import area_href, article_href, chunk_name, evidence_href, source_href
from pipeline.pages.speakers import speaker
from pipeline.records.labels import EN, ZH
from pipeline.records.page import Figure
from pipeline.records.page_article import ArticlePage
from pipeline.records.page_profile import EvidenceChunk, EvidencePage
from pipeline.records.page_text import EvidenceItem
from pipeline.records.summary import Summary
from pipeline.records.taxonomy import PolicyArea

FIRST = 100
"""Sentences that an evidence page holds itself, and that each file of more holds."""


def evidence_items(article_id: str, page: ArticlePage) -> tuple[EvidenceItem, ...]:
    """The article's sentences that address an area, each with the link to its place."""
    href = f"../{article_href(article_id)}"
    return tuple(
        EvidenceItem(
            sentence=sentence,
            source=page.source,
            article=article_id,
            title=page.title,
            date=page.date,
            href=f"{href}#{sentence.anchor}",
            speaker=speaker(sentence.prediction.text) if sentence.voice == "attributed" else "",
        )
        for sentence in page.sentences
        if sentence.badges
    )


def build_evidence(
    source: str,
    area: PolicyArea,
    rows: Sequence[Summary],
    items: Sequence[EvidenceItem],
    context: Context,
) -> Iterator[tuple[str, EvidencePage | EvidenceChunk]]:
    """The page of `items` about `area`, then the files of those beyond the FIRST."""
    more = range(FIRST, len(items), FIRST)
    names = [chunk_name(source, area.id, number) for number, _ in enumerate(more, 1)]
    yield (
        evidence_href(source, area.id),
        EvidencePage(
            frame=context.frame("../", "evidence"),
            source=source,
            source_href=source_href(source),
            area=area,
            area_href=area_href(area.id),
            doubt=context.quality.doubts.get(area.id),
            figures=tuple(
                Figure((ZH[row.voice], EN[row.voice]), row.voice, row, "") for row in rows
            ),
            total=len(items),
            items=tuple(items[:FIRST]),
            chunks=tuple(names),
        ),
    )
    for name, start in zip(names, more, strict=True):
        yield f"evidence/{name}", EvidenceChunk(area, tuple(items[start : start + FIRST]))
