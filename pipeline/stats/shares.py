"""Shares of stances per unit, policy area and voice: what a dashboard's numbers are made of."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from pipeline.records.summary import VOICE_SCOPES, Summary, VoiceScope
from pipeline.stats.corpus import Corpus, Group
from pipeline.stats.estimators.best import Best
from pipeline.stats.estimators.cell import Cell
from pipeline.stats.scores import MISSING


def source_cells(
    corpus: Corpus, units: Sequence[Group], areas: Sequence[str], scope: VoiceScope
) -> list[Cell]:
    """What estimators learn from: every source over all time, in every area."""
    given, gold = corpus.seen(scope)
    p = corpus.probable(scope)
    return [
        unit.cell(area, scope, given[:, column], p[:, column], gold[:, column], corpus.chance)
        for unit in units
        if unit.unit == "source" and not unit.period
        for column, area in enumerate(areas)
    ]


def summaries(
    corpus: Corpus,
    units: Sequence[Group],
    areas: Sequence[str],
    best: Mapping[VoiceScope, Best],
    done: Callable[[Group], None] = lambda _: None,
) -> Iterator[Summary]:
    """A row for each unit, area and voice scope; areas that an article leaves out have none.

    `done` is called after each unit.
    """
    seen = {scope: corpus.seen(scope) for scope in VOICE_SCOPES}
    probable = {scope: corpus.probable(scope) for scope in VOICE_SCOPES}
    for unit in units:
        for column, area in enumerate(areas):
            addressed = (seen["all"][0][unit.at, column] != MISSING).any()
            if unit.unit == "article" and not addressed:
                continue
            for scope in VOICE_SCOPES:
                given, gold = (answers[:, column] for answers in seen[scope])
                p = probable[scope][:, column]
                cell = unit.cell(area, scope, given, p, gold, corpus.chance)
                yield _summary(corpus, unit, cell, scope, best[scope])
        done(unit)


def _summary(corpus: Corpus, unit: Group, cell: Cell, scope: VoiceScope, best: Best) -> Summary:
    guess, estimator, note = best.estimate(cell)
    supportive, critical, neutral, _ = np.bincount(cell.given, minlength=MISSING + 1).tolist()
    counted = unit.at[cell.given != MISSING]
    return Summary(
        unit=unit.unit,
        key=unit.key,
        period=unit.period,
        area=cell.area,
        voice=scope,
        supportive=supportive,
        critical=critical,
        neutral=neutral,
        sentences=len(unit.at),
        articles=unit.articles,
        stories=unit.stories,
        estimates=guess.estimates(),
        estimator=estimator,
        note=note,
        labelled=cell.labelled if estimator == "ppi" else 0,
        sentence_ids=tuple(corpus.sentence_ids[i] for i in counted),
    )
