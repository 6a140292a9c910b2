"""How far published figures of articles and sources are from what labels say, by estimator."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.classifiers.base import targets
from pipeline.classifiers.blend import Blend
from pipeline.classifiers.decode import predictions
from pipeline.classifiers.held_out import held_out_answers
from pipeline.commands.benchmark import Bench, Request
from pipeline.commands.crossval import fold_scores
from pipeline.commands.trainings import Folded, joined
from pipeline.config import load_params
from pipeline.records.article import Origin
from pipeline.records.held_out import HeldOut
from pipeline.records.prediction import Prediction
from pipeline.records.sentence import Sentence
from pipeline.records.store import iter_jsonl
from pipeline.records.summary import Unit
from pipeline.stages import predict
from pipeline.stats.calibrate import cross_calibrated
from pipeline.stats.corpus import gather, groups
from pipeline.stats.estimators.cell import COVERAGE, NET, Cell, Estimating, Floats, figures, stances
from pipeline.stats.estimators.expected import Expected
from pipeline.stats.estimators.held_out_counts import held_out_counts
from pipeline.stats.estimators.raw import Raw
from pipeline.stats.shares import source_cells
from pipeline.tracking import tracked

LEAST = 3
"""Sentences that address an area, by their labels: of fewer a net stance is nearly one answer."""
MODEL = "out of fold"
COLUMNS = {
    "net": "net stance off by",
    "net_rms": "root mean square",
    "coverage": "coverage off by",
    "holds": "intervals that hold",
    "width": "width",
}


@dataclass(frozen=True)
class Off:
    """One unit and area: errors of net stance (nan: too few sentences) and coverage; of the net's
    interval, whether it `holds` the truth (nan: none is given) and its width."""

    unit: Unit
    net: float
    coverage: float
    holds: float
    width: float


def shares(request: Request) -> Bench:
    """Out-of-fold answers summed up by each estimator; it learns errors from the other folds.

    Finished trainings are kept. Raises InputError when the labelled sentences are missing.
    """
    data = Folded.of(request.project)
    answered, held = _answers(request, data)
    found: dict[str, list[Off]] = {}
    for k in range(len(data.rows)):
        ours = {data.examples[i].sentence_id for i in data.rows[k]}
        for name, off in _fold(data, ours, answered, held):
            found.setdefault(name, []).append(off)
    return _table(found)


def _answers(request: Request, data: Folded) -> tuple[list[Prediction], list[HeldOut]]:
    """Published answers to all labelled sentences, by the trainings that saw none of the fold."""
    with tracked("bench", "shares trainings", {}, {}) as run:
        found = [fold_scores(data, k, [k], run)[Blend.name] for k in range(len(data.rows))]
    outlets = np.array([e.source or e.article_id for e in data.examples])
    gold, ids = targets(data.examples, data.taxonomy), data.taxonomy.ids
    scores = cross_calibrated(joined(found, data.rows), gold, outlets, ids)
    threshold = load_params(request.project.params, "predict", predict.Params).threshold
    known = {s.sentence_id: s for s in iter_jsonl(Sentence, request.project.sentences)}
    asked = [known[e.sentence_id] for e in data.examples]
    return (
        predictions(asked, scores, data.taxonomy, threshold, MODEL),
        held_out_answers(data.examples, scores, ids, threshold, MODEL),
    )


def _fold(
    data: Folded,
    ours: set[str],
    answered: Sequence[Prediction],
    held: Sequence[HeldOut],
) -> Iterator[tuple[str, Off]]:
    """Every estimator on every unit and area of a fold."""
    ids = data.taxonomy.ids
    origins = {h.article_id: Origin(h.source, h.story, "") for h in held}
    own = [p for p in answered if p.sentence_id in ours]
    corpus = gather(own, (), origins, ids)
    units = groups(corpus, own, origins)
    cells = source_cells(corpus, units, ids, "all")
    counts = held_out_counts([h for h in held if h.sentence_id not in ours], ids, "all")
    estimators: tuple[Estimating, ...] = (Raw(), Expected.learnt(counts, cells))
    column = {e.sentence_id: i for i, e in enumerate(data.examples)}
    at = np.array([column[sentence_id] for sentence_id in corpus.sentence_ids])
    gold = targets(data.examples, data.taxonomy).areas[at]
    given, p = corpus.given.seen("all"), corpus.probable("all")
    for unit in units:
        for a, area in enumerate(ids):
            cell = unit.cell(area, "all", given[:, a], p[:, a], gold[:, a], corpus.chance)
            for estimator in estimators:
                yield estimator.name, _off(cell, estimator)


def _off(cell: Cell, estimator: Estimating) -> Off:
    of_label = stances(cell.gold)
    truth: Floats = figures(cell.weight @ of_label / cell.weight.sum())
    guess = estimator.estimate(cell)
    if isinstance(guess, str):
        return Off(cell.unit, np.nan, np.nan, np.nan, np.nan)
    off = guess.value - truth
    low, high = guess.low[NET], guess.high[NET]
    told = of_label.sum() >= LEAST
    holds = float(low <= truth[NET] <= high) if told and not np.isnan(low) else np.nan
    return Off(
        cell.unit,
        off[NET] if told else np.nan,
        off[COVERAGE],
        holds,
        high - low if told else np.nan,
    )


def _told(of: Sequence[Off]) -> dict[str, float]:
    """The figures of COLUMNS for all units and areas of one kind, and of how many cells."""
    net, coverage, holds, width = (
        np.array([getattr(o, x) for o in of]) for x in ("net", "coverage", "holds", "width")
    )
    told = {
        "net": float(np.nanmean(np.abs(net))),
        "net_rms": float(np.sqrt(np.nanmean(net**2))),
        "coverage": float(np.nanmean(np.abs(coverage))),
        "cells": float((~np.isnan(net)).sum()),
    }
    if not np.isnan(holds).all():
        told |= {"holds": float(np.nanmean(holds)), "width": float(np.nanmean(width))}
    return told


def _table(found: Mapping[str, Sequence[Off]]) -> Bench:
    rows: list[list[str]] = []
    metrics: dict[str, float] = {}
    units: tuple[Unit, ...] = ("article", "source")
    for unit in units:
        for name, everything in found.items():
            told = _told([off for off in everything if off.unit == unit])
            metrics |= {f"{unit}.{name}.{k}": told[k] for k in COLUMNS if k in told}
            cells = [f"{told[k]:.3f}" if k in told else "–" for k in COLUMNS]
            rows.append([unit, name, *cells, f"{told['cells']:.0f}"])
    head = ["unit", "estimator", *COLUMNS.values(), "cells"]
    notes = [
        f"Mean error of the net stance (-1 to 1) where at least {LEAST} sentences address the area "
        "by their labels, its root mean square, the mean error of coverage in all areas, and the "
        "share of nominal 95 % intervals that hold the labels' net stance, with their mean width. "
        "Intervals of sources speak of what they publish, so that of what is there they hold more."
    ]
    return Bench("Published figures against labels, out of fold", head, rows, metrics, notes)
