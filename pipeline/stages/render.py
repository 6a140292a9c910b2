"""Summaries, predictions and articles to a static site that opens from a folder."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.files import atomic_folder
from pipeline.pages.article import article_href, build_article_page, build_card
from pipeline.pages.evidence import build_evidence_page, evidence_href, evidence_items
from pipeline.pages.index import build_index_page
from pipeline.records.article import Article
from pipeline.records.page import (
    ArticleCard,
    ArticlePage,
    EvidenceItem,
    EvidencePage,
    IndexPage,
    Quality,
    SiteName,
)
from pipeline.records.prediction import Prediction
from pipeline.records.store import iter_jsonl
from pipeline.records.summary import Summary
from pipeline.records.taxonomy import Taxonomy, load_taxonomy
from pipeline.run_stage import run_stage
from pipeline.templates import assets, page_writer


@dataclass(frozen=True)
class Params:
    """What the site calls itself."""

    __pydantic_config__ = STRICT

    title_zh: str
    title_en: str


SitePage = tuple[str, ArticlePage | EvidencePage | IndexPage]
"""A page and its file, relative to the site's folder."""


@dataclass
class _Gathered:
    """What the pages after the articles need of them."""

    cards: list[ArticleCard] = field(default_factory=list)
    items: dict[str, list[EvidenceItem]] = field(default_factory=dict)
    models: set[str] = field(default_factory=set)
    left_out: int = 0


def build_site(
    articles: Iterable[Article],
    predictions: Iterable[Prediction],
    summaries: Iterable[Summary],
    quality: Quality,
    taxonomy: Taxonomy,
    name: SiteName,
) -> Iterator[SitePage]:
    """All pages, article by article, so that no more than one is held at a time.

    Raises InputError when articles, predictions and summaries were not made from each other.
    """
    waiting: dict[str, list[Prediction]] = {}
    for prediction in predictions:
        waiting.setdefault(prediction.article_id, []).append(prediction)
    rows: dict[str, dict[str, list[Summary]]] = {"source": {}, "article": {}}
    for row in summaries:
        if row.period:
            continue
        rows[row.unit].setdefault(row.key, []).append(row)
    gathered = _Gathered()
    yield from _article_pages(articles, waiting, rows["article"], taxonomy, name, gathered)
    if waiting:
        raise InputError(
            f"predictions name article {min(waiting)!r}, which is not among the articles;"
            " segment and predict again"
        )
    yield from _evidence_pages(rows["source"], gathered, taxonomy, name)
    models = sorted(gathered.models)
    yield (
        "index.html",
        build_index_page(
            rows["source"], gathered.cards, gathered.left_out, models, quality, taxonomy, name
        ),
    )


def _article_pages(
    articles: Iterable[Article],
    waiting: dict[str, list[Prediction]],
    rows: Mapping[str, list[Summary]],
    taxonomy: Taxonomy,
    name: SiteName,
    gathered: _Gathered,
) -> Iterator[SitePage]:
    for article in articles:
        predictions = waiting.pop(article.article_id, [])
        if not predictions:
            gathered.left_out += 1
            continue
        counted = rows.get(article.article_id, [])
        _check_counts(article.article_id, predictions, counted)
        page = build_article_page(article, predictions, counted, taxonomy, name)
        gathered.cards.append(build_card(article.article_id, page))
        items = evidence_items(article.article_id, page)
        gathered.items.setdefault(article.source, []).extend(items)
        gathered.models |= set(page.models)
        yield article_href(article.article_id), page


def _check_counts(article_id: str, predictions: list[Prediction], rows: list[Summary]) -> None:
    predicted = {(p.sentence_id, answer.area) for p in predictions for answer in p.areas}
    counted = {(i, row.area) for row in rows if row.voice == "all" for i in row.sentence_ids}
    if predicted != counted:
        raise InputError(
            f"the summaries of article {article_id!r} do not count its predictions; summarise again"
        )


def _evidence_pages(
    rows: Mapping[str, list[Summary]], gathered: _Gathered, taxonomy: Taxonomy, name: SiteName
) -> Iterator[SitePage]:
    for source, counted in sorted(rows.items()):
        items = gathered.items.get(source, [])
        for area in taxonomy.areas:
            about = [row for row in counted if row.area == area.id]
            if any(row.addressed for row in about):
                page = build_evidence_page(source, area, about, items, name)
                _check_evidence(page)
                yield evidence_href(source, area.id), page


def _check_evidence(page: EvidencePage) -> None:
    counted = {figure.summary.voice: figure.summary.addressed for figure in page.figures}
    if counted.get("all") != len(page.items):
        raise InputError(
            f"the summaries of source {page.source!r} do not count its articles; summarise again"
        )


def read_quality(metrics: Path) -> Quality:
    """What was measured; nothing when nothing was evaluated yet. Raises InputError."""
    if not metrics.exists():
        return Quality()
    try:
        found = json.loads(metrics.read_text(encoding="utf-8"))
        reasons = {row["area"]: str(row["not_reliable"]) for row in found.get("areas", [])}
        figures = dict(found.get("headline", {}).items())
    except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise InputError(f"cannot read quality figures from {metrics}: {error}") from None
    return Quality(figures, {area: reason for area, reason in reasons.items() if reason})


def main(
    params: Path,
    taxonomy: Path,
    articles: Path,
    predictions: Path,
    summaries: Path,
    metrics: Path,
    site: Path,
) -> None:
    """Write the site's folder; `metrics` may be missing."""
    settings = load_params(params, "render", Params)
    pages = build_site(
        iter_jsonl(Article, articles),
        iter_jsonl(Prediction, predictions),
        iter_jsonl(Summary, summaries),
        read_quality(metrics),
        load_taxonomy(taxonomy),
        SiteName(settings.title_zh, settings.title_en),
    )
    writer = page_writer()
    with atomic_folder(site) as folder:
        for name, content in assets():
            (folder / name).write_text(content, encoding="utf-8")
        for href, page in pages:
            target = folder / href
            target.parent.mkdir(exist_ok=True)
            target.write_text(writer.html(page), encoding="utf-8")


if __name__ == "__main__":
    run_stage(main)
