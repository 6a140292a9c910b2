"""What an evaluation found, as figures, as a report and as pictures."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.classifiers.behaviour import PassRate, pass_table
from pipeline.classifiers.blend import Blend
from pipeline.records.held_out import HeldOut
from pipeline.records.labels import ANSWERS
from pipeline.records.reliability import Bin
from pipeline.stats.areas import AreaQuality, area_table
from pipeline.stats.calibration import calibration_error, error_table
from pipeline.stats.compare import Comparison, table
from pipeline.stats.plots import confusion_plot, method_plot, reliability_plot


@dataclass(frozen=True)
class Evaluation:
    """What was measured on the held-out sentences: every method, and the classifier in detail.

    `answers` are the classifier's, beside the labels, as predictions are published.
    """

    sentences: int
    articles: int
    meaning: str
    methods: Comparison
    confusion: np.ndarray[Any, Any]
    reliability: dict[str, dict[str, list[Bin]]]
    areas: list[AreaQuality]
    behaviour: list[PassRate]
    worst: list[dict[str, Any]]
    answers: list[HeldOut]


def as_json(found: Evaluation) -> dict[str, Any]:
    """The figures by name; "headline" are those of the classifier that the site shows."""
    methods = found.methods
    return {
        "headline": {
            **{metric: f.value for metric, f in methods.scores[Blend.name].items()},
            "held_out_sentences": found.sentences,
            "held_out_articles": found.articles,
        },
        "methods": asdict(methods)["scores"],
        "margins": asdict(methods)["margins"],
        "calibration_error": {
            kind: {question: round(calibration_error(bins), 4) for question, bins in of.items()}
            for kind, of in found.reliability.items()
        },
        "reliability": {
            kind: {question: [asdict(one) for one in bins] for question, bins in of.items()}
            for kind, of in found.reliability.items()
        },
        "areas": [asdict(area) for area in found.areas],
        "confusion": found.confusion.tolist(),
        "behaviour": [asdict(rate) for rate in found.behaviour],
        "worst": found.worst,
    }


def as_text(found: Evaluation) -> str:
    """The report in Markdown."""
    return (
        f"# Held-out outlets: {found.sentences} sentences of {found.articles} articles\n\n"
        f"Value and 95 % interval, articles as clusters. {found.meaning}\n\n"
        f"{table(found.methods)}\n## Policy areas\n\n{area_table(found.areas)}\n"
        f"## Calibration error\n\n{error_table(found.reliability)}\n"
        "## Pairs of sentences that differ in one thing\n\nBoth answers right, or, where "
        f"nothing may change (actor, script, pinyin), equal.\n\n{pass_table(found.behaviour)}"
    )


def draw(found: Evaluation, folder: Path) -> None:
    """The pictures of the evaluation."""
    confusion_plot(found.confusion, ANSWERS, folder / "confusion.svg")
    reliability_plot(found.reliability, folder / "reliability.svg")
    method_plot(found.methods, folder / "methods.svg")
