"""The learning curve: what more annotations bring on outlets that were not seen."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.classifiers.base import targets
from pipeline.commands.trainings import Folded, joined
from pipeline.config import load_params
from pipeline.errors import InputError
from pipeline.files import atomic_file
from pipeline.project import Project
from pipeline.records.example import LabelledExample
from pipeline.records.scores import Scores
from pipeline.records.store import write_json
from pipeline.stages import evaluate
from pipeline.stats.calibrate import cross_calibrated
from pipeline.stats.compare import Figure, drawn, figure
from pipeline.stats.plots import curve_plot
from pipeline.stats.scores import METRICS
from pipeline.tracking import tracked

LAST = 3
"""How many of the largest sizes the expected gain is read from."""


@dataclass(frozen=True)
class Curve:
    """`points` by number of training sentences and metric; `gain` expected of `more` sentences."""

    points: dict[int, dict[str, Figure]]
    more: int
    gain: dict[str, Figure]


def learning_curve(project: Project, sizes: Sequence[int], seeds: int, more: int = 1000) -> Curve:
    """Train the network on growing parts of each fold's complement and score the fold.

    Seed k leaves fold k out; its parts are whole articles in an order of its own, each part
    within the next, and at last all there is. Finished trainings are kept. Raises InputError
    when there are fewer folds than seeds, or no size is smaller than what there is.
    """
    data = Folded.of(project)
    if seeds > len(data.rows):
        raise InputError(f"{seeds} seeds need as many folds, there are {len(data.rows)}")
    scoring = load_params(project.params, "evaluate", evaluate.Params)
    inputs = {"labelled": project.labelled, "folds": project.folds, "taxonomy": project.taxonomy}
    scores: dict[int, list[Scores]] = defaultdict(list)
    everything: list[int] = []
    least = min(len(data.parts(seed)[0]) for seed in range(seeds))
    smaller = [size for size in sorted(sizes) if size < least]
    if not smaller:
        raise InputError(f"no size is below the {least} sentences to train on")
    with tracked("curve", f"{seeds} seeds", asdict(data.settings), inputs) as run:
        for seed in range(seeds):
            kept, asked = data.parts(seed)
            for size in smaller:
                part = some_articles(kept, size, seed)
                scores[size].append(data.scores(seed, part, asked, run))
            everything.append(len(kept))
            scores[0].append(data.scores(seed, kept, asked, run))
        rows = data.rows[:seeds]
        tested = [data.examples[i] for i in sorted(sum(rows, []))]
        gold = targets(tested, data.taxonomy)
        outlets = np.array([e.source or e.article_id for e in tested])
        drawn_scores = drawn(
            {
                str(size): cross_calibrated(joined(parts, rows), gold, outlets, data.taxonomy.ids)
                for size, parts in scores.items()
            },
            gold,
            outlets,
            scoring.threshold,
            scoring.draws,
        )
        whole = round(sum(everything) / len(everything))
        by_size = {int(name) or whole: values for name, values in drawn_scores.items()}
        curve = curve_of(dict(sorted(by_size.items())), more)
        _report(project, curve, len(tested), seeds)
        run.artifact(project.curve / "curve.json")
    return curve


def some_articles(
    examples: Sequence[LabelledExample], size: int, seed: int
) -> list[LabelledExample]:
    """Whole articles in random order, until `size` sentences are reached."""
    by_article: dict[str, list[LabelledExample]] = defaultdict(list)
    for example in examples:
        by_article[example.article_id].append(example)
    order = sorted(by_article)
    random.Random(seed).shuffle(order)
    part: list[LabelledExample] = []
    for article in order:
        if len(part) >= size:
            break
        part += by_article[article]
    return part


def curve_of(drawn_by_size: Mapping[int, Mapping[str, NDArray[np.float64]]], more: int) -> Curve:
    """Points with intervals, and the gain of `more` sentences read from the largest sizes.

    Scores of text classifiers grow about linearly in the logarithm of the labels (Figueroa et
    al., BMC Med. Inform. Decis. Mak. 12, 2012, find a power law that is near a line over so
    short a range); the line is fitted to each bootstrap sample.
    """
    sizes = list(drawn_by_size)
    last = sizes[-LAST:]
    step = np.log((last[-1] + more) / last[-1])
    gain = {}
    for metric in METRICS:
        values = np.stack([drawn_by_size[size][metric] for size in last])
        slope = np.polyfit(np.log(last), values, 1)[0]
        gain[metric] = figure(slope * step)
    points = {s: {m: figure(v[m]) for m in METRICS} for s, v in drawn_by_size.items()}
    return Curve(points, more, gain)


def curve_table(curve: Curve) -> str:
    """A Markdown table: a row a size, then the expected gain."""
    rows = ["| sentences | " + " | ".join(METRICS) + " |", "|" + " --- |" * (len(METRICS) + 1)]
    for size, figures in curve.points.items():
        rows.append(f"| {size} | " + " | ".join(str(figures[m]) for m in METRICS) + " |")
    rows.append(f"| next {curve.more} | " + " | ".join(f"{curve.gain[m]}" for m in METRICS) + " |")
    return "\n".join(rows) + "\n"


def _report(project: Project, curve: Curve, tested: int, seeds: int) -> None:
    write_json(project.curve / "curve.json", {"tested": tested, "seeds": seeds, **asdict(curve)})
    with atomic_file(project.curve / "curve.md") as out:
        out.write(
            f"# Learning curve: scored on {tested} sentences of outlets that were left out, "
            f"{seeds} seeds\n\nValue and 95 % interval, outlets as clusters; the last row is what "
            f"the next {curve.more} sentences are expected to add.\n\n{curve_table(curve)}"
        )
    curve_plot(curve.points, project.curve / "curve.svg")
