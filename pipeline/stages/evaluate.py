"""The trained classifier on the held-out outlets, beside the baselines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.classifiers.base import targets
from pipeline.classifiers.baselines import baseline_scores
from pipeline.classifiers.behaviour import pass_rates
from pipeline.classifiers.bert import Bert
from pipeline.classifiers.blend import Blend
from pipeline.classifiers.calibrated import Calibrated
from pipeline.classifiers.evaluation import Evaluation, as_json, as_text, draw
from pipeline.classifiers.held_out import held_out_answers
from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.files import atomic_file, atomic_folder
from pipeline.records.calibration import Calibration
from pipeline.records.contrast import read_contrasts, to_learn
from pipeline.records.example import LabelledExample
from pipeline.records.fold import Fold, held_out, learnt
from pipeline.records.labels import ANSWERS
from pipeline.records.pair import Pair
from pipeline.records.scores import Scores, Targets
from pipeline.records.store import read_jsonl, write_json, write_jsonl
from pipeline.run_stage import run_stage
from pipeline.stats.areas import area_quality
from pipeline.stats.calibrate import calibrated, cross_calibrated
from pipeline.stats.calibration import reliabilities
from pipeline.stats.compare import compare, table
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


def evaluate(
    asked: Sequence[LabelledExample],
    known: Sequence[LabelledExample],
    pairs: Sequence[Pair],
    classifier: Calibrated,
    settings: Params,
) -> Evaluation:
    """Score the classifier and the baselines, fitted on the `known` examples, on those `asked`."""
    areas, threshold = classifier.taxonomy.ids, settings.threshold
    gold = targets(asked, classifier.taxonomy)
    raw = baseline_scores(known, asked, classifier.taxonomy)
    raw[Bert.name] = classifier.classifier.bert.score(asked)
    raw[Blend.name] = classifier.classifier.score(asked)
    outlets = np.array([e.source or e.article_id for e in asked])
    articles = np.array([e.article_id for e in asked])
    methods, meaning = published(raw, gold, outlets, classifier)
    scores = as_predicted = methods[Blend.name]
    if scores is raw[Blend.name]:
        as_predicted = calibrated(scores, classifier.fitted.calibration, areas)
    return Evaluation(
        sentences=len(asked),
        articles=len(set(articles)),
        meaning=meaning,
        methods=compare(methods, gold, articles, threshold, settings.draws, Blend.name),
        confusion=confusion(decide(scores.areas, threshold), gold),
        reliability={
            "raw": reliabilities(raw[Blend.name], gold),
            "calibrated": reliabilities(scores, gold),
        },
        areas=area_quality(scores, gold, areas, threshold, settings.bar, settings.least),
        behaviour=pass_rates(pairs, classifier, classifier.taxonomy, threshold),
        worst=worst_cases(asked, scores, gold, areas, settings.worst),
        answers=held_out_answers(asked, as_predicted, areas, threshold, classifier.version),
    )


def published(
    raw: Mapping[str, Scores],
    gold: Targets,
    outlets: NDArray[np.str_],
    classifier: Calibrated,
) -> tuple[Mapping[str, Scores], str]:
    """Every method's scores as predictions are published, and in words what was done to them."""
    if classifier.fitted.calibration == Calibration():
        return raw, "Probabilities are raw: too few sentences are held out to calibrate them."
    areas = classifier.taxonomy.ids
    found = {name: cross_calibrated(scores, gold, outlets, areas) for name, scores in raw.items()}
    if found[Blend.name] is raw[Blend.name]:
        return raw, (
            "Scores here are of raw probabilities: some held-out outlet has too few labels of "
            "others beside it to calibrate them."
        )
    return found, (
        "Every method's probabilities are calibrated on the labels of other held-out outlets."
    )


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
    answers: Path,
) -> None:
    """Score the classifier and the baselines on what was held out, and its behaviour on pairs."""
    settings = load_params(params, "evaluate", Params)
    examples, places = read_jsonl(LabelledExample, labelled), read_jsonl(Fold, folds)
    asked = held_out(examples, places)
    if not asked:
        raise InputError(
            "no labelled sentence is held out: set held_out for an outlet in configs/sources.yaml"
        )
    classifier = Calibrated.load(model, calibration)
    groups, _ = to_learn(read_contrasts(contrasts), classifier.taxonomy.ids)
    known = learnt(examples, places) + groups
    found = evaluate(asked, known, read_jsonl(Pair, behaviour), classifier, settings)
    write_json(metrics, as_json(found))
    write_jsonl(answers, found.answers)
    with atomic_file(report) as text:
        text.write(as_text(found))
    with atomic_folder(plots) as folder:
        draw(found, folder)
    print(table(found.methods))


if __name__ == "__main__":
    run_stage(main)
