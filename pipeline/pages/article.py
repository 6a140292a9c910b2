"""Builds one article's page and its line in the lists."""

from collections.abc import Sequence

from pipeline.pages.arguments import arguments
from pipeline.pages.context import Context
from pipeline.pages.figures import area_tables
from pipeline.pages.marked_text import mark_blocks
from pipeline.pages.names import area_href, article_href, single_of, source_href
from pipeline.records.article import Article
from pipeline.records.page import ArticleCard
from pipeline.records.page_article import ArticlePage
from pipeline.records.prediction import Prediction
from pipeline.records.summary import Summary

TOP_AREAS = 2
"""How many areas an article's line in the list names."""


def build_article_page(
    article: Article, predictions: Sequence[Prediction], rows: Sequence[Summary], context: Context
) -> ArticlePage:
    """Put text, marks and counts together; areas that the article leaves out are not listed.

    Raises InputError when the predictions do not fit the article's text.
    """
    taxonomy = context.taxonomy
    blocks = mark_blocks(article, predictions, {area.id: area for area in taxonomy.areas})
    named = {answer.area for prediction in predictions for answer in prediction.areas}
    shown = tuple(block for block in blocks if block.kind != "boilerplate")
    return ArticlePage(
        frame=context.frame("../", "articles"),
        title=article.title or article.article_id,
        source=article.source,
        source_href=source_href(article.source),
        author=article.author,
        date=article.date,
        file=article.file,
        markup=article.markup,
        models=tuple(sorted({prediction.model for prediction in predictions})),
        areas=tuple(area for area in taxonomy.areas if area.id in named),
        tables=area_tables(
            (row for row in rows if row.area in named),
            taxonomy,
            context.quality.doubts,
            lambda _: "",
            lambda area: f"../{area_href(area)}",
        ),
        blocks=shown,
        boilerplate=tuple(block for block in blocks if block.kind == "boilerplate"),
        arguments=arguments(shown),
        known=context.known,
        single=single_of(article_href(article.article_id)) if context.single else "",
    )


def build_card(article_id: str, page: ArticlePage) -> ArticleCard:
    """The article's line in the lists."""
    whole = sorted(page.tables[-1].figures, key=lambda figure: -figure.summary.addressed)
    areas = {area.id: area for area in page.areas}
    return ArticleCard(
        href=article_href(article_id),
        title=page.title,
        source=page.source,
        source_href=page.source_href,
        date=page.date,
        sentences=len(page.sentences),
        addressed=page.addressed,
        top=tuple(
            (areas[f.key], f.summary.supportive, f.summary.critical, f.summary.neutral)
            for f in whole[:TOP_AREAS]
        ),
    )
