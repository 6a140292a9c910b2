"""Cross-validation by outlet: does the classifier beat the baselines, and by how much."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from pipeline.classifiers.base import targets
from pipeline.classifiers.baselines import baseline_scores
from pipeline.classifiers.bert import Bert
from pipeline.classifiers.blend import Blend, pooled, with_new
from pipeline.classifiers.tfidf import Tfidf
from pipeline.commands.trainings import Folded, joined, mean_scores
from pipeline.config import load_params
from pipeline.files import atomic_file
from pipeline.project import Project
from pipeline.records.example import LabelledExample
from pipeline.records.scores import Scores
from pipeline.records.store import write_json
from pipeline.stages import evaluate, train
from pipeline.stats.calibrate import cross_calibrated
from pipeline.stats.compare import Comparison, compare, table
from pipeline.tracking import Run, tracked


def crossval(project: Project, seeds: int, folds: int | None = None) -> Comparison:
    """Train with a seed of its own on each fold's complement, score the fold, compare.

    Fold k is left out by seed k (and again by seed k + folds, where more seeds are asked for;
    their probabilities are averaged); only the first `folds` are, where that is given. A finished
    training is kept in reports/crossval and not done again while data and settings stay the
    same. Raises InputError on an empty fold.
    """
    data = Folded.of(project)
    scoring = load_params(project.params, "evaluate", evaluate.Params)
    folds = min(folds or len(data.rows), len(data.rows))
    rows = data.rows[:folds]
    tested = [data.examples[i] for i in sorted(sum(rows, []))]
    inputs = {"labelled": project.labelled, "folds": project.folds, "taxonomy": project.taxonomy}
    with tracked("crossval", f"{seeds} seeds", asdict(data.settings), inputs) as run:
        found = [
            fold_scores(data, k, range(k, max(seeds, k + 1), folds), run) for k in range(folds)
        ]
        gold = targets(tested, data.taxonomy)
        outlets = np.array([e.source or e.article_id for e in tested])
        result = compare(
            {
                name: cross_calibrated(
                    joined([of[name] for of in found], rows), gold, outlets, data.taxonomy.ids
                )
                for name in found[0]
            },
            gold,
            outlets,
            scoring.threshold,
            scoring.draws,
            Blend.name,
        )
        run.metrics({f"{m}.{n}": f.value for m, fs in result.scores.items() for n, f in fs.items()})
        _report(project.crossval, result, tested, folds, seeds)
        run.artifact(project.crossval / "crossval.json")
    return result


def fold_scores(data: Folded, fold: int, seeds: Sequence[int], run: Run) -> dict[str, Scores]:
    """Scores of a fold by every method trained on the others, raw, the network's over `seeds`."""
    kept, asked = data.parts(fold)
    kept += data.contrasts
    found = baseline_scores(kept, asked, data.taxonomy)
    found[Bert.name] = mean_scores([data.scores(seed, kept, asked, run) for seed in seeds])
    _, new = train.split_areas(kept, data.taxonomy)
    both = pooled(found[Bert.name], found[Tfidf.name], data.settings.words)
    columns = [data.taxonomy.ids.index(area.id) for area in new]
    texts = [example.text for example in asked]
    return found | {Blend.name: with_new(both, texts, data.taxonomy.areas, columns)}


def _report(
    folder: Path, result: Comparison, examples: Sequence[LabelledExample], folds: int, seeds: int
) -> None:
    outlets = len({e.source or e.article_id for e in examples})
    counts = {"folds": folds, "seeds": seeds, "sentences": len(examples), "outlets": outlets}
    write_json(folder / "crossval.json", {**counts, **asdict(result)})
    with atomic_file(folder / "crossval.md") as out:
        out.write(
            f"# Out-of-fold scores: {len(examples)} sentences, {outlets} outlets, {folds} folds "
            f"by outlet, {seeds} seeds\n\nValue and 95 % interval, outlets as clusters; margins "
            f"are of {Blend.name}, on the same samples.\n\n{table(result)}"
        )
