"""The trained classifier on the held-out outlets, beside the baselines."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.classifiers.base import targets
from pipeline.classifiers.baselines import baseline_scores
from pipeline.classifiers.behaviour import pass_rates, pass_table
from pipeline.classifiers.bert import Bert
from pipeline.classifiers.calibrated import Calibrated
from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.files import atomic_file, atomic_folder
from pipeline.records.calibration import Calibration
from pipeline.records.contrast import read_contrasts, to_learn
from pipeline.records.example import LabelledExample
from pipeline.records.fold import Fold, held_out
from pipeline.records.labels import ANSWERS
from pipeline.records.pair import Pair
from pipeline.records.scores import Scores, Targets
from pipeline.records.store import read_jsonl, write_json
from pipeline.run_stage import run_stage
from pipeline.stats.areas import area_quality, area_table
from pipeline.stats.calibrate import cross_calibrated
from pipeline.stats.calibration import calibration_error, error_table, reliabilities
from pipeline.stats.compare import Comparison, compare, table
from pipeline.stats.plots import confusion_plot, method_plot, reliability_plot
from pipeline.stats.scores import decide


@dataclass(frozen=True)
class Params:
    """`threshold` as in predict; `draws` of the bootstrap; `worst`: wrong answers to list.

    An area whose held-out detection F1 is below `bar`, or that fewer than `least` held-out
    sentences address, is published as not reliable yet.
    """

    __pydantic_config__ = STRICT

    threshold: float
    draws: int
    worst: int
    bar: float
    least: int


def confusion(answers: np.ndarray[Any, Any], gold: Targets) -> np.ndarray[Any, Any]:
    """Counts [4, 4]: truth by row, answer by column, in the order of ANSWERS."""
    counts = np.zeros((len(ANSWERS), len(ANSWERS)), dtype=int)
    np.add.at(counts, (gold.areas.ravel(), answers.ravel()), 1)
    return counts


def worst_cases(
    examples: Sequence[LabelledExample], scores: Scores, gold: Targets, areas: Sequence[str], n: int
) -> list[dict[str, Any]]:
    """The `n` sentence × area pairs whose true answer got the least probability."""
    p_true = np.take_along_axis(scores.areas, gold.areas[..., None], axis=-1)[..., 0]
    rows = []
    for flat in np.argsort(p_true, axis=None)[:n]:
        i, a = divmod(int(flat), p_true.shape[1])
        rows.append(
            {
                "sentence_id": examples[i].sentence_id,
                "text": examples[i].text,
                "area": areas[a],
                "truth": ANSWERS[gold.areas[i, a]],
                "p": {
                    k: round(float(v), 3) for k, v in zip(ANSWERS, scores.areas[i, a], strict=True)
                },
            }
        )
    return rows


def headline(comparison: Comparison, sentences: int, articles: int) -> dict[str, float]:
    """The classifier's own figures, as the site shows them."""
    figures = {metric: f.value for metric, f in comparison.scores[Bert.name].items()}
    return {**figures, "held_out_sentences": sentences, "held_out_articles": articles}


def _meaning(raw: bool, outlets: np.ndarray[Any, Any]) -> str:
    if raw:
        return "Probabilities are raw: too few sentences are held out to calibrate them."
    if len(np.unique(outlets)) == 1:
        return "One outlet is held out: its scores here are of raw probabilities."
    return "Every method's probabilities are calibrated on the labels of other held-out outlets."


def main(
    params: Path,
    labelled: Path,
    folds: Path,
    contrasts: Path,
    behaviour: Path,
    model: Path,
    calibration: Path,
    metrics: Path,
    report: Path,
    plots: Path,
) -> None:
    """Score the classifier and the baselines on what was held out, and its behaviour on pairs."""
    settings = load_params(params, "evaluate", Params)
    examples = read_jsonl(LabelledExample, labelled)
    asked = held_out(examples, read_jsonl(Fold, folds))
    if not asked:
        raise InputError(
            "no labelled sentence is held out: set held_out for an outlet in configs/sources.yaml"
        )
    classifier = Calibrated.load(model, calibration)
    taxonomy = classifier.taxonomy
    gold = targets(asked, taxonomy)
    out = {e.article_id for e in asked}
    learnt = [e for e in examples if e.article_id not in out]
    learnt += to_learn(read_contrasts(contrasts), taxonomy.ids)[0]
    raw = baseline_scores(learnt, asked, taxonomy)
    raw[Bert.name] = classifier.classifier.score(asked)
    outlets = np.array([e.source or e.article_id for e in asked])
    methods = raw
    if classifier.fitted.calibration != Calibration():
        methods = {n: cross_calibrated(s, gold, outlets, taxonomy.ids) for n, s in raw.items()}
    scores = methods[Bert.name]
    groups = np.array([e.article_id for e in asked])
    result = compare(methods, gold, groups, settings.threshold, settings.draws, Bert.name)
    counts = confusion(decide(scores.areas, settings.threshold), gold)
    meant = {"raw": reliabilities(raw[Bert.name], gold), "calibrated": reliabilities(scores, gold)}
    areas = area_quality(
        scores, gold, taxonomy.ids, settings.threshold, settings.bar, settings.least
    )
    rates = pass_rates(read_jsonl(Pair, behaviour), classifier, taxonomy, settings.threshold)
    write_json(
        metrics,
        {
            "headline": headline(result, len(asked), len(set(groups))),
            "methods": {k: {m: asdict(f) for m, f in v.items()} for k, v in result.scores.items()},
            "margins": {k: {m: asdict(f) for m, f in v.items()} for k, v in result.margins.items()},
            "calibration_error": {
                kind: {question: round(calibration_error(bins), 4) for question, bins in of.items()}
                for kind, of in meant.items()
            },
            "areas": [asdict(area) for area in areas],
            "confusion": counts.tolist(),
            "behaviour": [asdict(rate) for rate in rates],
            "worst": worst_cases(asked, scores, gold, taxonomy.ids, settings.worst),
        },
    )
    with atomic_file(report) as text:
        text.write(
            f"# Held-out outlets: {len(asked)} sentences of {len(set(groups))} articles\n\n"
            "Value and 95 % interval, articles as clusters. "
            f"{_meaning(methods is raw, outlets)}\n\n{table(result)}\n"
            f"## Policy areas\n\n{area_table(areas)}\n"
            f"## Calibration error\n\n{error_table(meant)}\n"
            "## Pairs of sentences that differ in one thing\n\nBoth answers right, or, where "
            f"nothing may change (actor, script, pinyin), equal.\n\n{pass_table(rates)}"
        )
    with atomic_folder(plots) as folder:
        confusion_plot(counts, ANSWERS, folder / "confusion.svg")
        reliability_plot(meant, folder / "reliability.svg")
        method_plot(result, folder / "methods.svg")
    print(table(result))


if __name__ == "__main__":
    run_stage(main)
