"""What the templates of the pages about the whole corpus receive."""

from dataclasses import dataclass

from pipeline.records.page import ArticleCard, Data, Doubt, Frame, Months
from pipeline.records.quality import Quality
from pipeline.records.summary import VOICE_SCOPES, Summary, VoiceScope
from pipeline.records.taxonomy import PolicyArea


@dataclass(frozen=True)
class AreaHead:
    """A policy area as a column: its page, and why it is not reliable yet."""

    area: PolicyArea
    href: str
    stem: str
    doubt: Doubt | None


@dataclass(frozen=True)
class SourceHead:
    """A source as a row: its page and what was read of it; `stem` names its evidence files."""

    name: str
    href: str
    stem: str
    articles: int
    sentences: int
    addressed: int


@dataclass(frozen=True)
class Cell:
    """One summary of the matrix, by positions of its source and area.

    Sources of one `tier` can't be told apart in this area and voice; None: no interval.
    """

    source: int
    area: int
    summary: Summary
    tier: int | None


@dataclass(frozen=True)
class Contest:
    """How sources stand to an area in one voice: names of those surely for or against it.

    `open` counts sources whose interval holds zero, `unknown` those without an interval.
    """

    head: AreaHead
    scope: VoiceScope
    supportive: int
    critical: int
    neutral: int
    for_it: tuple[SourceHead, ...]
    against_it: tuple[SourceHead, ...]
    open: int
    unknown: int

    @property
    def total(self) -> int:
        """Sentences that address the area in this voice, as counted."""
        return self.supportive + self.critical + self.neutral

    @property
    def disputed(self) -> bool:
        """Is there a source on each side?"""
        return bool(self.for_it and self.against_it)


@dataclass(frozen=True)
class Overview:
    """The numbers that the front page and the comparison are drawn from, as a script."""

    areas: tuple[AreaHead, ...]
    sources: tuple[SourceHead, ...]
    cells: tuple[Cell, ...]
    months: Months

    @property
    def data(self) -> Data:
        """Lists rather than objects: there are some thousand cells."""
        notes = sorted({cell.summary.note for cell in self.cells})
        return {
            "areas": [
                {
                    "id": head.area.id,
                    "zh": head.area.zh,
                    "en": head.area.en,
                    "href": head.href,
                    "stem": head.stem,
                    "doubt": [head.doubt.zh, head.doubt.en] if head.doubt else None,
                }
                for head in self.areas
            ],
            "sources": [
                [s.name, s.href, s.stem, s.articles, s.sentences, s.addressed] for s in self.sources
            ],
            "scopes": VOICE_SCOPES,
            "notes": notes,
            "cells": [_cell(cell, notes) for cell in self.cells],
            "months": self.months.months,
            "counts": self.months.rows,
        }


def _cell(cell: Cell, notes: list[str]) -> list[int | float | str | None]:
    row = cell.summary
    net, coverage = row.estimates["net"], row.estimates["coverage"]
    return [
        cell.source,
        cell.area,
        VOICE_SCOPES.index(row.voice),
        row.supportive,
        row.critical,
        row.neutral,
        net.value,
        net.low,
        net.high,
        coverage.value,
        cell.tier,
        row.estimator,
        notes.index(row.note),
        row.labelled,
    ]


@dataclass(frozen=True)
class IndexPage:
    """The front page: what the corpus is, the matrix, what is disputed, quality, new articles."""

    frame: Frame
    overview: Overview
    contests: tuple[tuple[Contest, ...], ...]
    cards: tuple[ArticleCard, ...]
    articles: int
    left_out: int
    sentences: int
    addressed: int
    dates: tuple[str, ...]
    models: tuple[str, ...]
    taxonomy_version: str
    quality: Quality


@dataclass(frozen=True)
class ComparePage:
    """Two sources side by side, chosen by the reader."""

    frame: Frame
    overview: Overview


@dataclass(frozen=True)
class ArticlesPage:
    """All articles, to be searched."""

    frame: Frame
    cards: tuple[ArticleCard, ...]
    left_out: int
