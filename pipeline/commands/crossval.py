"""Cross-validation by outlet: does the classifier beat the baselines, and by how much."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from pipeline.classifiers.base import targets
from pipeline.classifiers.baselines import baseline_scores
from pipeline.classifiers.bert import Bert
from pipeline.config import load_params
from pipeline.errors import InputError
from pipeline.files import atomic_file
from pipeline.project import Project
from pipeline.records.example import LabelledExample
from pipeline.records.fold import Fold
from pipeline.records.scores import Scores
from pipeline.records.store import read_jsonl, write_json
from pipeline.records.taxonomy import Taxonomy, load_taxonomy
from pipeline.stages import evaluate, train
from pipeline.stats.compare import Comparison, compare, table
from pipeline.tracking import Run, md5, tracked

Rows = list[int]


def fold_rows(examples: Sequence[LabelledExample], folds: Sequence[Fold]) -> list[Rows]:
    """Row numbers of each fold, in fold order. Raises InputError when a fold is empty.

    Held-out outlets belong to a fold here as well: each training leaves its own fold out.
    """
    of = {fold.article_id: fold.fold for fold in folds}
    count = max(of.values()) + 1
    rows: list[Rows] = [[] for _ in range(count)]
    for i, example in enumerate(examples):
        rows[of[example.article_id]].append(i)
    empty = [str(k) for k, members in enumerate(rows) if not members]
    if empty:
        raise InputError(
            f"fold {', '.join(empty)} is empty: there are too few outlets for "
            f"{count} folds; lower split.folds in configs/params.yaml"
        )
    return rows


def joined(parts: Sequence[Scores], rows: Sequence[Rows]) -> Scores:
    """Out-of-fold scores of all folds, back in the order of the examples."""
    order = np.argsort(np.concatenate([np.array(r) for r in rows]))
    return Scores(
        np.concatenate([p.areas for p in parts])[order],
        np.concatenate([p.voice for p in parts])[order],
        np.concatenate([p.role for p in parts])[order],
    )


def crossval(project: Project, seeds: int) -> Comparison:
    """Train with a seed of its own on each fold's complement, score the fold, compare.

    Fold k is left out by seed k (and again by seed k + folds, where more seeds are asked for;
    their probabilities are averaged). A finished fold is kept in reports/crossval and not
    trained again while data and settings stay the same. Raises InputError on an empty fold.
    """
    settings = load_params(project.params, "train", train.Params)
    scoring = load_params(project.params, "evaluate", evaluate.Params)
    taxonomy = load_taxonomy(project.taxonomy)
    examples = read_jsonl(LabelledExample, project.labelled)
    rows = fold_rows(examples, read_jsonl(Fold, project.folds))
    inputs = {"labelled": project.labelled, "folds": project.folds, "taxonomy": project.taxonomy}
    key = _key(project, repr(settings))
    methods: dict[str, list[Scores]] = {}
    with tracked("crossval", f"{seeds} seeds", asdict(settings), inputs) as run:
        for k, left_out in enumerate(rows):
            kept = [e for i, e in enumerate(examples) if i not in set(left_out)]
            asked = [examples[i] for i in left_out]
            for name, scores in baseline_scores(kept, asked, taxonomy, seed=k).items():
                methods.setdefault(name, []).append(scores)
            ours = [
                _fold_scores(project, key, seed, settings, kept, asked, taxonomy, run)
                for seed in range(k, max(seeds, k + 1), len(rows))
            ]
            methods.setdefault(Bert.name, []).append(_mean(ours))
        result = compare(
            {name: joined(parts, rows) for name, parts in methods.items()},
            targets(examples, taxonomy),
            np.array([e.source or e.article_id for e in examples]),
            scoring.threshold,
            scoring.draws,
            Bert.name,
        )
        run.metrics({f"{m}.{n}": f.value for m, fs in result.scores.items() for n, f in fs.items()})
        _report(project.crossval, result, examples, len(rows), seeds)
        run.artifact(project.crossval / "crossval.json")
    return result


def _fold_scores(
    project: Project,
    key: str,
    seed: int,
    settings: train.Params,
    kept: Sequence[LabelledExample],
    asked: Sequence[LabelledExample],
    taxonomy: Taxonomy,
    run: Run,
) -> Scores:
    path = project.crossval / f"{key}-{seed}.npz"
    if path.exists():
        saved = np.load(path)
        return Scores(saved["areas"], saved["voice"], saved["role"])
    print(f"seed {seed}: training on {len(kept)} sentences, scoring {len(asked)}", flush=True)
    own = train.Params(seed, settings.bert)
    scores = train.train(project.encoder, own, kept, taxonomy, run).score(asked)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part.npz")
    np.savez(half, areas=scores.areas, voice=scores.voice, role=scores.role)
    half.replace(path)
    return scores


def _mean(parts: Sequence[Scores]) -> Scores:
    return Scores(
        np.mean([p.areas for p in parts], axis=0),
        np.mean([p.voice for p in parts], axis=0),
        np.mean([p.role for p in parts], axis=0),
    )


def _key(project: Project, settings: str) -> str:
    files = (project.labelled, project.folds, project.taxonomy, project.encoder / "config.json")
    text = settings + "".join(md5(path) for path in files)
    return hashlib.sha1(text.encode()).hexdigest()[:12]


def _report(
    folder: Path, result: Comparison, examples: Sequence[LabelledExample], folds: int, seeds: int
) -> None:
    outlets = len({e.source or e.article_id for e in examples})
    write_json(folder / "crossval.json", {"folds": folds, "seeds": seeds, **asdict(result)})
    with atomic_file(folder / "crossval.md") as out:
        out.write(
            f"# Out-of-fold scores: {len(examples)} sentences, {outlets} outlets, {folds} folds "
            f"by outlet, {seeds} seeds\n\nValue and 95 % interval, outlets as clusters; margins "
            f"are of {Bert.name}, on the same samples.\n\n{table(result)}"
        )
