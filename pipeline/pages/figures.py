"""Summaries arranged for tables and charts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.records.page import Both, Doubt, Figure, Months, ScopeTable
from pipeline.records.summary import VOICE_SCOPES, Summary, VoiceScope
from pipeline.records.taxonomy import Taxonomy
from pipeline.stats.ranks import tiers

Count = tuple[str, VoiceScope, int]

LONGEST = 240
"""Months of the longest axis without gaps; over more, a wrong date would stretch it."""


def area_tables(
    rows: Iterable[Summary],
    taxonomy: Taxonomy,
    doubts: Mapping[str, Doubt],
    href: Callable[[str], str],
    page: Callable[[str], str] = lambda _: "",
) -> tuple[ScopeTable, ...]:
    """One table a voice scope, areas in the taxonomy's order.

    `href` maps an area to where its sentences are, `page` to its own page.
    """
    found = {(row.voice, row.area): row for row in rows}
    return tuple(
        ScopeTable(
            scope,
            tuple(
                Figure(
                    (area.zh, area.en),
                    area.id,
                    found[scope, area.id],
                    href(area.id),
                    page(area.id),
                    doubt=doubts.get(area.id),
                )
                for area in taxonomy.areas
                if (scope, area.id) in found
            ),
        )
        for scope in VOICE_SCOPES
    )


def source_tables(
    rows: Sequence[Summary], href: Callable[[str], str], page: Callable[[str], str]
) -> tuple[ScopeTable, ...]:
    """One table a voice scope of the sources that address one area, by tier, then by name."""
    return tuple(
        ScopeTable(
            scope,
            _ranked([row for row in rows if row.voice == scope and row.addressed], href, page),
        )
        for scope in VOICE_SCOPES
    )


def _ranked(
    rows: Sequence[Summary], href: Callable[[str], str], page: Callable[[str], str]
) -> tuple[Figure, ...]:
    order = tiers([row.estimates["net"] for row in rows])
    figures = [
        Figure(source_name(row.key), row.key, row, href(row.key), page(row.key), tier)
        for row, tier in zip(rows, order, strict=True)
    ]
    last = len(rows)
    return tuple(sorted(figures, key=lambda f: (last if f.tier is None else f.tier, f.key)))


def source_name(source: str) -> Both:
    """A source's name for readers, in both languages."""
    return (source, source) if source else ("来源不明", "unknown source")


def monthly(rows: Iterable[Summary]) -> Months:
    """Counts by area, voice scope and month, added up over the sources of `rows`.

    Months without an article between the first and the last are there and empty, within LONGEST.
    """
    dated = [row for row in rows if row.period]
    months = _all_months(sorted({row.period for row in dated}))
    place = {month: i for i, month in enumerate(months)}
    counts: dict[Count, Counter[str]] = {}
    for row in dated:
        if row.addressed:
            found = counts.setdefault((row.area, row.voice, place[row.period]), Counter())
            found["s"] += row.supportive
            found["c"] += row.critical
            found["n"] += row.neutral
    return Months(months, tuple((*key, c["s"], c["c"], c["n"]) for key, c in counts.items()))


def _all_months(known: Sequence[str]) -> tuple[str, ...]:
    if not known:
        return ()
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (known[0], known[-1]))
    if last - first > LONGEST:
        return tuple(known)
    return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1))
