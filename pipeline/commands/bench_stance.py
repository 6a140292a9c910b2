"""Public Chinese stance benchmarks: C-STANCE subtask A and NLPCC-2016 task 4 A."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold

from pipeline.bars import training_bar
from pipeline.classifiers.checkpoint import Checkpoint
from pipeline.classifiers.encoders import identity
from pipeline.classifiers.target_baselines import majority, tfidf
from pipeline.classifiers.targets import TargetSettings, TargetStances
from pipeline.commands.benchmark import Bench, Request
from pipeline.config import load_params
from pipeline.records.labels import STANCES
from pipeline.records.scores import Floats
from pipeline.records.target_stance import TargetStance, read_target_stances

FOLDS = 5


def macro_f1(rows: Sequence[TargetStance], scores: Floats) -> float:
    """C-STANCE's measure: mean F1 of the three stances (Zhao et al., ACL 2023)."""
    return float(np.mean(_each(rows, scores)))


def favg(rows: Sequence[TargetStance], scores: Floats) -> float:
    """NLPCC-2016's measure: mean F1 of favor and against, over all targets (Xu et al., 2016)."""
    return float(np.mean(_each(rows, scores)[:2]))


def _each(rows: Sequence[TargetStance], scores: Floats) -> NDArray[np.float64]:
    gold = [STANCES.index(row.stance) for row in rows]
    found = f1_score(gold, scores.argmax(1), labels=range(3), average=None, zero_division=0.0)
    return np.asarray(found, dtype=np.float64)


@dataclass(frozen=True)
class _Training:
    """A classifier, and how long its training took (as kept beside its weights)."""

    classifier: TargetStances
    seconds: float


def c_stance(request: Request) -> Bench:
    """Train on the train split; score the dev split, and the test file where one is given."""
    train = read_target_stances(request.file("c_stance/train.jsonl"))
    parts = {"dev": read_target_stances(request.file("c_stance/dev.jsonl"))}
    if request.test:
        parts["test"] = read_target_stances(request.test)
    trained = _trained(request, "c-stance", "c_stance", train)
    methods: dict[str, dict[str, float]] = {}
    for part, rows in parts.items():
        given = {"majority": majority(train, rows), "tfidf": tfidf(train, rows)}
        given[TargetStances.name] = trained.classifier.score(rows)
        for name, scores in given.items():
            methods.setdefault(name, {})[part] = macro_f1(rows, scores)
    return _table("C-STANCE subtask A, macro-F1", list(parts), methods, trained.seconds)


def nlpcc2016(request: Request) -> Bench:
    """5-fold on the train split (equal texts in one fold), and the test file where one is given."""
    rows = read_target_stances(request.file("nlpcc2016/train.jsonl"))
    test = read_target_stances(request.test) if request.test else []
    methods: dict[str, dict[str, float]] = {}
    kinds = [f"{row.target} {row.stance}" for row in rows]
    cut = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    given: dict[str, Floats] = {}
    seconds = 0.0
    for k, (kept, asked) in enumerate(cut.split(rows, kinds, [row.text for row in rows])):
        train, fold = [rows[i] for i in kept], [rows[i] for i in asked]
        trained = _trained(request, f"nlpcc2016-{k}", "nlpcc2016", train)
        seconds += trained.seconds
        for name, scores in _beside(train, fold, trained.classifier).items():
            given.setdefault(name, np.zeros((len(rows), 3), np.float32))[asked] = scores
    for name, scores in given.items():
        methods[name] = {f"{FOLDS}-fold": favg(rows, scores)}
    parts = [f"{FOLDS}-fold"]
    if test:
        whole = _trained(request, "nlpcc2016", "nlpcc2016", rows)
        for name, scores in _beside(rows, test, whole.classifier).items():
            methods[name]["test"] = favg(test, scores)
        parts.append("test")
    return _table("NLPCC-2016 task 4 A, Favg", parts, methods, seconds)


def _beside(
    train: Sequence[TargetStance], asked: Sequence[TargetStance], ours: TargetStances
) -> dict[str, Floats]:
    words, read = tfidf(train, asked), ours.score(asked)
    return {
        "majority": majority(train, asked),
        "tfidf": words,
        ours.name: read,
        f"mean of tfidf and {ours.name}": ((words + read) / 2).astype(np.float32),
    }


def _trained(
    request: Request,
    name: str,
    section: str,
    rows: Sequence[TargetStance],
) -> _Training:
    """Train, or load what was trained before on the same rows with the same settings."""
    settings = load_params(request.project.bench_settings, section, TargetSettings)
    encoder, folder = request.project.encoder, request.project.bench
    weights = folder / f"{name}.safetensors"
    parts = (settings, list(rows), identity(encoder))
    key = hashlib.sha1(repr(parts).encode()).hexdigest()
    classifier = TargetStances(encoder, settings)
    seconds = classifier.load(weights, key)
    if seconds is None:
        seconds = _fit(classifier, rows, Checkpoint(folder / f"{name}.checkpoint", key), name)
        classifier.save(weights, key, seconds)
        (folder / f"{name}.checkpoint").unlink(missing_ok=True)
    return _Training(classifier, seconds)


def _fit(
    classifier: TargetStances, rows: Sequence[TargetStance], checkpoint: Checkpoint, name: str
) -> float:
    with training_bar(f"{name}: {len(rows)} rows") as progress:
        return classifier.fit(rows, progress, checkpoint)


def _table(
    title: str, parts: Sequence[str], methods: Mapping[str, Mapping[str, float]], seconds: float
) -> Bench:
    rows = [[name, *(f"{found[part]:.3f}" for part in parts)] for name, found in methods.items()]
    metrics = {
        f"{name.replace(', ', '_').replace(' ', '_')}.{part}": value
        for name, found in methods.items()
        for part, value in found.items()
    }
    notes = [f"Training: {seconds / 60:.1f} minutes."]
    return Bench(title, ["method", *parts], rows, metrics | {"seconds": seconds}, notes)
