"""Builds one article's page and its line in the list."""

from collections.abc import Sequence

from pipeline.pages.figures import estimators, scope_tables
from pipeline.pages.marked_text import mark_blocks
from pipeline.pages.names import page_name
from pipeline.records.article import Article
from pipeline.records.page import ArticleCard, ArticlePage, Figure, ScopeTable, SiteName
from pipeline.records.prediction import Prediction
from pipeline.records.summary import Summary
from pipeline.records.taxonomy import Taxonomy

TOP_AREAS = 3
"""How many areas an article's line in the list names."""


def article_href(article_id: str) -> str:
    """Where an article's page is, seen from the site's root."""
    return f"articles/{page_name(article_id)}"


def build_article_page(
    article: Article,
    predictions: Sequence[Prediction],
    rows: Sequence[Summary],
    taxonomy: Taxonomy,
    site: SiteName,
) -> ArticlePage:
    """Put text, marks and counts together; areas that the article leaves out are not listed.

    Raises InputError when the predictions do not fit the article's text.
    """
    blocks = mark_blocks(article, predictions, {area.id: area for area in taxonomy.areas})
    named = {answer.area for prediction in predictions for answer in prediction.areas}
    tables = scope_tables((row for row in rows if row.area in named), taxonomy, lambda _: "")
    return ArticlePage(
        site=site,
        root="../",
        title=article.title or article.article_id,
        source=article.source,
        author=article.author,
        date=article.date,
        file=article.file,
        markup=article.markup,
        models=tuple(sorted({prediction.model for prediction in predictions})),
        estimator=estimators(rows),
        sentences=len(predictions),
        addressed=sum(bool(prediction.areas) for prediction in predictions),
        areas=tuple(area for area in taxonomy.areas if area.id in named),
        tables=tables,
        blocks=tuple(block for block in blocks if block.kind != "boilerplate"),
        boilerplate=tuple(block for block in blocks if block.kind == "boilerplate"),
    )


def build_card(article_id: str, page: ArticlePage) -> ArticleCard:
    """The article's line in the list of the front page."""
    return ArticleCard(
        href=article_href(article_id),
        title=page.title,
        source=page.source,
        date=page.date,
        sentences=page.sentences,
        addressed=page.addressed,
        top=_most_addressed(page.tables[-1]),
    )


def _most_addressed(table: ScopeTable) -> tuple[Figure, ...]:
    ranked = sorted(table.figures, key=lambda figure: -figure.summary.addressed)
    return tuple(ranked[:TOP_AREAS])
