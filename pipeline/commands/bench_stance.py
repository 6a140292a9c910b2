"""Public Chinese stance benchmarks: C-STANCE subtask A and NLPCC-2016 task 4 A."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold

from pipeline.bars import training_bar
from pipeline.classifiers.blend import Blend, pool
from pipeline.classifiers.checkpoint import Checkpoint
from pipeline.classifiers.encoders import identity
from pipeline.classifiers.target_baselines import frozen, majority, tfidf
from pipeline.classifiers.targets import Asked, TargetSettings, TargetStances
from pipeline.classifiers.text_vectors import text_vectors
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
class Training:
    """Classifiers apart in their seed, and how long their training took (as kept beside them)."""

    members: Sequence[TargetStances]
    seconds: float

    def scores(self, rows: Sequence[Asked]) -> dict[str, Floats]:
        """Probabilities [n, 3]: the mean over all members, and of several the first alone."""
        each = [one.score(rows) for one in self.members]
        name = TargetStances.name
        first = {f"one {name}": each[0]} if len(each) > 1 else {}
        return first | {name: np.mean(each, axis=0, dtype=np.float32)}


def c_stance(request: Request) -> Bench:
    """Train on the train split; score the dev split, and the test file where one is given."""
    train = read_target_stances(request.file("c_stance/train.jsonl"))
    parts = {"dev": read_target_stances(request.file("c_stance/dev.jsonl"))}
    if request.test:
        parts["test"] = read_target_stances(request.test)
    settings = _settings(request, "c_stance")
    ours = trained(request, "c-stance", settings, train)
    methods: dict[str, dict[str, float]] = {}
    for part, rows in parts.items():
        for name, scores in _beside(request, settings, train, rows, ours).items():
            methods.setdefault(name, {})[part] = macro_f1(rows, scores)
    return _table("C-STANCE subtask A, macro-F1", list(parts), methods, ours.seconds)


def nlpcc2016(request: Request) -> Bench:
    """5-fold on the train split (equal texts in one fold); or, where a test file is given, that."""
    rows = read_target_stances(request.file("nlpcc2016/train.jsonl"))
    settings = _settings(request, "nlpcc2016")
    title = "NLPCC-2016 task 4 A, Favg"
    if request.test:
        test = read_target_stances(request.test)
        ours = trained(request, "nlpcc2016", settings, rows)
        found = _beside(request, settings, rows, test, ours).items()
        methods = {name: {"test": favg(test, scores)} for name, scores in found}
        return _table(title, ["test"], methods, ours.seconds)
    kinds = [f"{row.target} {row.stance}" for row in rows]
    cut = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    given: dict[str, Floats] = {}
    seconds = 0.0
    for k, (kept, asked) in enumerate(cut.split(rows, kinds, [row.text for row in rows])):
        train, fold = [rows[i] for i in kept], [rows[i] for i in asked]
        ours = trained(request, f"nlpcc2016-{k}", settings, train)
        seconds += ours.seconds
        for name, scores in _beside(request, settings, train, fold, ours).items():
            given.setdefault(name, np.zeros((len(rows), 3), np.float32))[asked] = scores
    part = f"{FOLDS}-fold"
    methods = {name: {part: favg(rows, scores)} for name, scores in given.items()}
    return _table(title, [part], methods, seconds)


def _beside(
    request: Request,
    settings: TargetSettings,
    train: Sequence[TargetStance],
    asked: Sequence[TargetStance],
    ours: Training,
) -> dict[str, Floats]:
    def vectors(texts: Sequence[str]) -> Floats:
        encoder = request.project.encoder
        return text_vectors(encoder, texts, settings.text_tokens, settings.arithmetic)

    words, still, read = tfidf(train, asked), frozen(train, asked, vectors), ours.scores(asked)
    regressions = pool(words, still, settings.frozen)
    return {
        "majority": majority(train, asked),
        "tfidf": words,
        "frozen encoder": still,
        **read,
        Blend.name: pool(read[TargetStances.name], regressions, settings.regressions),
    }


def _settings(request: Request, section: str) -> TargetSettings:
    return load_params(request.project.bench_settings, section, TargetSettings)


def trained(
    request: Request,
    name: str,
    settings: TargetSettings,
    rows: Sequence[Asked],
    answers: Sequence[str] = STANCES,
) -> Training:
    """Train, or load what was trained before on the same rows with the same settings."""
    encoder, folder = request.project.encoder, request.project.bench
    parts = (
        replace(settings, members=1, regressions=0.0, frozen=0.0),
        list(rows),
        identity(encoder),
    )
    key = hashlib.sha1(repr(parts).encode()).hexdigest()
    members, total = [], 0.0
    for seed in range(settings.members):
        classifier = TargetStances(encoder, settings, seed, answers)
        weights = folder / f"{name}-{seed}.safetensors"
        seconds = classifier.load(weights, key)
        if seconds is None:
            kept = Checkpoint(weights.with_suffix(".checkpoint"), key)
            classifier.save(weights, key, _fit(classifier, rows, kept, weights.stem))
            seconds = classifier.load(weights, key) or 0.0  # as rounded, now and the next time
            weights.with_suffix(".checkpoint").unlink(missing_ok=True)
        members.append(classifier)
        total += seconds
    return Training(members, total)


def _fit(
    classifier: TargetStances, rows: Sequence[Asked], checkpoint: Checkpoint, name: str
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
