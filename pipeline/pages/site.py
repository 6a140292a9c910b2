"""All pages of the site, article by article, so that the text of one at most is held at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.errors import InputError
from pipeline.pages.article import build_article_page, build_card
from pipeline.pages.context import Context
from pipeline.pages.evidence import build_evidence, evidence_items
from pipeline.pages.names import area_href, article_href, source_href
from pipeline.pages.overview import area_heads, build_index_page, build_overview
from pipeline.pages.profile import build_area_page, build_source_page, newest
from pipeline.records.article import Article
from pipeline.records.page import ArticleCard
from pipeline.records.page_article import ArticlePage
from pipeline.records.page_overview import (
    ArticlesPage,
    ComparePage,
    IndexPage,
    Overview,
)
from pipeline.records.page_profile import EvidenceChunk, EvidencePage, ProfilePage
from pipeline.records.page_quality import QualityPage
from pipeline.records.page_text import EvidenceItem
from pipeline.records.prediction import Prediction
from pipeline.records.summary import Summary

Page = (
    ArticlePage | ArticlesPage | ComparePage | EvidenceChunk | EvidencePage | IndexPage
    | Overview | ProfilePage | QualityPage
)  # fmt: skip
SitePage = tuple[str, Page]
"""A page and its file, relative to the site's folder."""

OVERVIEW = "overview.js"


@dataclass
class _Gathered:
    """What the pages after the articles need of them."""

    cards: list[ArticleCard] = field(default_factory=list)
    items: dict[str, list[EvidenceItem]] = field(default_factory=dict)
    models: set[str] = field(default_factory=set)
    left_out: int = 0


@dataclass
class _Rows:
    """Summaries by what they are about: articles, sources over all time, sources by month."""

    articles: dict[str, list[Summary]] = field(default_factory=dict)
    sources: dict[str, list[Summary]] = field(default_factory=dict)
    dated: dict[str, list[Summary]] = field(default_factory=dict)

    def add(self, row: Summary) -> None:
        """Put a summary where it belongs."""
        if row.unit == "article":
            self.articles.setdefault(row.key, []).append(row)
        else:
            place = self.dated if row.period else self.sources
            place.setdefault(row.key, []).append(row)


def build_site(
    articles: Iterable[Article],
    predictions: Iterable[Prediction],
    summaries: Iterable[Summary],
    context: Context,
) -> Iterator[SitePage]:
    """All pages; predictions follow the articles' order, as the predict stage writes them.

    Raises InputError when articles, predictions and summaries were not made from each other.
    """
    rows = _Rows()
    for row in summaries:
        rows.add(row)
    gathered = _Gathered()
    yield from _article_pages(articles, predictions, rows, context, gathered)
    yield from _evidence_pages(rows, gathered, context)
    yield from _profile_pages(rows, gathered, context)
    yield from _corpus_pages(rows, gathered, context)


def _article_pages(
    articles: Iterable[Article],
    predictions: Iterable[Prediction],
    rows: _Rows,
    context: Context,
    gathered: _Gathered,
) -> Iterator[SitePage]:
    groups = groupby(predictions, key=lambda prediction: prediction.article_id)
    waiting = next(groups, None)
    for article in articles:
        name = article.article_id
        counted = rows.articles.pop(name, [])
        if waiting is None or waiting[0] != name:
            if counted:
                raise InputError(
                    f"article {name!r} was summarised, but its predictions are missing or do not"
                    " follow the articles' order; predict and summarise again"
                )
            gathered.left_out += 1
            continue
        found = list(waiting[1])
        waiting = next(groups, None)
        _check_counts(name, found, counted)
        page = build_article_page(article, found, counted, context)
        gathered.cards.append(build_card(name, page))
        gathered.items.setdefault(article.source, []).extend(evidence_items(name, page))
        gathered.models |= set(page.models)
        yield article_href(name), page
    if waiting is not None:
        raise InputError(
            f"predictions name article {waiting[0]!r}, which is not among the articles that are"
            " left: they follow the articles' order; segment and predict again"
        )


def _check_counts(article_id: str, predictions: list[Prediction], rows: list[Summary]) -> None:
    predicted = {(p.sentence_id, answer.area) for p in predictions for answer in p.areas}
    counted = {(i, row.area) for row in rows if row.voice == "all" for i in row.sentence_ids}
    if predicted != counted:
        raise InputError(
            f"the summaries of article {article_id!r} do not count its predictions; summarise again"
        )


def _evidence_pages(rows: _Rows, gathered: _Gathered, context: Context) -> Iterator[SitePage]:
    for source, counted in sorted(rows.sources.items()):
        by_area: dict[str, list[EvidenceItem]] = {}
        for item in gathered.items.get(source, []):
            for badge in item.sentence.badges:
                by_area.setdefault(badge.area.id, []).append(item)
        for area in context.taxonomy.areas:
            about = [row for row in counted if row.area == area.id]
            items = by_area.get(area.id, [])
            if next((r.addressed for r in about if r.voice == "all"), 0) != len(items):
                raise InputError(
                    f"the summaries of source {source!r} do not count its articles; summarise again"
                )
            if items:
                yield from build_evidence(source, area, about, items, context)


def _profile_pages(rows: _Rows, gathered: _Gathered, context: Context) -> Iterator[SitePage]:
    cards: dict[str, list[ArticleCard]] = {}
    for card in gathered.cards:
        cards.setdefault(card.source, []).append(card)
    for source, counted in sorted(rows.sources.items()):
        dated = rows.dated.get(source, [])
        items = gathered.items.get(source, [])
        page = build_source_page(source, counted, dated, items, cards.get(source, []), context)
        yield source_href(source), page
    sentences = sum(card.sentences for card in gathered.cards)
    for area in context.taxonomy.areas:
        about = [r for _, g in sorted(rows.sources.items()) for r in g if r.area == area.id]
        dated = [row for group in rows.dated.values() for row in group if row.area == area.id]
        everything = (item for _, items in sorted(gathered.items.items()) for item in items)
        yield (
            area_href(area.id),
            build_area_page(area, about, dated, everything, sentences, context),
        )


def _corpus_pages(rows: _Rows, gathered: _Gathered, context: Context) -> Iterator[SitePage]:
    dated = (row for group in rows.dated.values() for row in group)
    overview = build_overview(rows.sources, dated, gathered.cards, context)
    models = sorted(gathered.models)
    cards, left_out = gathered.cards, gathered.left_out
    yield OVERVIEW, overview
    yield "index.html", build_index_page(overview, cards, left_out, models, context)
    yield "compare.html", ComparePage(context.frame("", "compare"), overview)
    listed = tuple(newest(cards))
    yield "articles.html", ArticlesPage(context.frame("", "articles"), listed, left_out)
    yield (
        "quality.html",
        QualityPage(
            context.frame("", "quality"),
            area_heads(context),
            tuple(models),
            context.taxonomy.version,
            context.quality,
            context.versions,
        ),
    )
