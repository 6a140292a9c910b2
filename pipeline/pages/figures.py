"""Summaries arranged for tables."""

from collections.abc import Callable, Iterable

from pipeline.records.page import Figure, ScopeTable
from pipeline.records.summary import VOICE_SCOPES, Summary
from pipeline.records.taxonomy import Taxonomy


def scope_tables(
    rows: Iterable[Summary], taxonomy: Taxonomy, href: Callable[[str], str]
) -> tuple[ScopeTable, ...]:
    """One table a voice scope, areas in the taxonomy's order; `href` maps an area to its page."""
    found = {(row.voice, row.area): row for row in rows}
    return tuple(
        ScopeTable(
            scope,
            tuple(
                Figure(area, found[scope, area.id], href(area.id))
                for area in taxonomy.areas
                if (scope, area.id) in found
            ),
        )
        for scope in VOICE_SCOPES
    )


def estimators(rows: Iterable[Summary]) -> str:
    """The name or names of how the shares were estimated, for the label beside them."""
    return ", ".join(sorted({row.estimator for row in rows}))
