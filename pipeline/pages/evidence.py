"""Builds the pages that a number of the matrix links to: one a source and area."""

from collections.abc import Sequence

from pipeline.pages.article import article_href
from pipeline.pages.figures import estimators
from pipeline.pages.marked_text import marked_sentences
from pipeline.pages.names import page_name
from pipeline.records.page import ArticlePage, EvidenceItem, EvidencePage, Figure, SiteName
from pipeline.records.summary import Summary
from pipeline.records.taxonomy import PolicyArea


def evidence_href(source: str, area: str) -> str:
    """Where the sentences of one source about one area are, seen from the site's root."""
    return f"evidence/{page_name(source, area)}"


def evidence_items(article_id: str, page: ArticlePage) -> tuple[EvidenceItem, ...]:
    """The article's sentences that address an area, each with the link to its place."""
    href = f"../{article_href(article_id)}"
    return tuple(
        EvidenceItem(sentence, page.title, page.date, f"{href}#{sentence.anchor}")
        for sentence in marked_sentences(page.blocks)
        if sentence.badges
    )


def build_evidence_page(
    source: str,
    area: PolicyArea,
    rows: Sequence[Summary],
    items: Sequence[EvidenceItem],
    site: SiteName,
) -> EvidencePage:
    """Show the items about `area` under the summaries that count them."""
    return EvidencePage(
        site=site,
        root="../",
        source=source,
        area=area,
        estimator=estimators(rows),
        figures=tuple(Figure(area, row, "") for row in rows),
        items=tuple(
            item for item in items if any(badge.area == area for badge in item.sentence.badges)
        ),
    )
