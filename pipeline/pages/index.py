"""Builds the front page."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from pipeline.pages.evidence import evidence_href
from pipeline.pages.figures import estimators, scope_tables
from pipeline.records.page import ArticleCard, IndexPage, Matrix, MatrixRow, Quality, SiteName
from pipeline.records.summary import VOICE_SCOPES, Summary
from pipeline.records.taxonomy import Taxonomy


def build_index_page(
    rows: Mapping[str, Sequence[Summary]],
    cards: Sequence[ArticleCard],
    left_out: int,
    models: Sequence[str],
    quality: Quality,
    taxonomy: Taxonomy,
    site: SiteName,
) -> IndexPage:
    """Arrange the sources' summaries (`rows`, by source) as a matrix for each voice scope.

    `left_out` counts articles without predictions; `quality` was measured on held-out outlets.
    """
    return IndexPage(
        site=site,
        root="",
        areas=taxonomy.areas,
        matrices=_matrices(rows, taxonomy),
        cards=tuple(sorted(cards, key=lambda card: (card.date, card.title), reverse=True)),
        left_out=left_out,
        models=tuple(models),
        estimator=estimators(row for group in rows.values() for row in group),
        taxonomy_version=taxonomy.version,
        quality=tuple((name, _figure(value)) for name, value in quality.figures.items()),
        not_reliable=quality.not_reliable,
    )


def _matrices(rows: Mapping[str, Sequence[Summary]], taxonomy: Taxonomy) -> tuple[Matrix, ...]:
    tables = {
        source: scope_tables(group, taxonomy, partial(evidence_href, source))
        for source, group in sorted(rows.items())
    }
    return tuple(
        Matrix(
            scope,
            tuple(MatrixRow(source, table[number].figures) for source, table in tables.items()),
        )
        for number, scope in enumerate(VOICE_SCOPES)
    )


def _figure(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
