"""Three builds of the classifier on one fold, each trained on about as many tokens."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from transformers import AutoTokenizer

from pipeline.classifiers.base import targets
from pipeline.classifiers.batches import context, encode
from pipeline.classifiers.pairs import encode_pairs
from pipeline.classifiers.targets import TargetSettings
from pipeline.commands.bench_stance import trained
from pipeline.commands.benchmark import Bench, Request
from pipeline.commands.trainings import Folded
from pipeline.config import load_params
from pipeline.records.example import LabelledExample
from pipeline.records.labels import ANSWERS, NOT_ADDRESSED, STANCES
from pipeline.records.scores import Floats, Scores
from pipeline.stages import evaluate
from pipeline.stats.calibrate import cross_calibrated
from pipeline.stats.compare import compare
from pipeline.stats.scores import METRICS, MISSING
from pipeline.tracking import tracked

FOLD = 0
ASKED = 800  # sentences of the fold at most: a pair encoder reads each of them for every area
LET_THROUGH = 0.1  # p(addressed) from which two steps ask for the stance
ONE, HALF, PAIRS, STEPS = "one pass", "one pass, half of the budget", "pairs", "two steps"


@dataclass(frozen=True)
class Pair:
    """A sentence in its context, an area's text, and what the labels say."""

    text: str
    target: str
    stance: str


class Reader(Protocol):
    """What answers pairs with probabilities [n, answers]."""

    def score(self, rows: Sequence[Pair]) -> Floats:
        """Probabilities of each pair."""


@dataclass(frozen=True)
class _Material:
    """The fold's data: what is trained on and asked, and the tokens of one pass in one pass.

    `drawn` are the rows of the `fold` that are asked, since pairs take long.
    """

    data: Folded
    kept: Sequence[LabelledExample]
    fold: Sequence[LabelledExample]
    drawn: Sequence[int]
    settings: TargetSettings
    tokens: int

    @property
    def asked(self) -> list[LabelledExample]:
        """The sentences that every build answers."""
        return [self.fold[i] for i in self.drawn]


def builds(request: Request) -> Bench:
    """One pass; pairs of sentence and area; a one-pass detector with pairs for the stance.

    Beside them the detector of the two steps alone. Pairs answer neither voice nor role. Finished
    trainings are kept. Raises InputError when the labelled sentences are missing.
    """
    m = _material(request)
    passes = m.data.settings.bert.learning.epochs
    methods = _one_pass(m)
    seconds: dict[str, float] = {}
    everything = _pairs(m, m.kept)
    stances = [pair for pair in everything if pair.stance in STANCES]
    others = [pair for pair in everything if pair.stance not in STANCES]
    others = random.Random(0).sample(others, min(len(stances), len(others)))
    both = trained(
        request, "builds-pairs", m.settings, _cut(m, stances + others, passes), answers=ANSWERS
    )
    rest = passes - max(1, passes // 2)
    alone = trained(request, "builds-stances", m.settings, _cut(m, stances, rest))
    one, half = methods[ONE], methods[HALF]
    asked = _pairs(m, m.asked)
    seconds[PAIRS], methods[PAIRS] = _timed(lambda: by_pairs(asked, both.members[0], one))
    seconds[STEPS], methods[STEPS] = _timed(lambda: by_steps(asked, alone.members[0], half))
    return _table(request, m, methods, seconds)


def _material(request: Request) -> _Material:
    data = Folded.of(request.project)
    kept, fold = data.parts(FOLD)
    kept += data.contrasts
    s = data.settings.bert
    tokenizer = AutoTokenizer.from_pretrained(data.project.encoder)
    rows = encode(tokenizer, kept, s.max_tokens, s.before_chars, s.after_chars)
    return _Material(
        data,
        kept,
        fold,
        random.Random(0).sample(range(len(fold)), min(ASKED, len(fold))),
        load_params(request.project.bench_settings, "builds", TargetSettings),
        sum(len(row.ids) for row in rows),
    )


def _one_pass(m: _Material) -> dict[str, Scores]:
    bert = m.data.settings.bert
    less = replace(bert, learning=replace(bert.learning, epochs=max(1, bert.learning.epochs // 2)))
    half = replace(m.data, settings=replace(m.data.settings, bert=less))
    with tracked("bench", "builds trainings", {"fold": FOLD}, {}) as run:
        # the whole fold, as other commands ask: then the training that they kept serves
        whole = {n: d.scores(FOLD, m.kept, m.fold, run) for n, d in ((ONE, m.data), (HALF, half))}
    at = np.array(m.drawn)
    return {n: Scores(s.areas[at], s.voice[at], s.role[at]) for n, s in whole.items()}


def _pairs(m: _Material, examples: Sequence[LabelledExample]) -> list[Pair]:
    """Every sentence with every area, [n * A]."""
    s = m.data.settings.bert
    return [
        Pair(
            f"{e.text} | {context(e, s.before_chars, s.after_chars)}",
            area.description,
            e.areas.get(area.id, NOT_ADDRESSED),
        )
        for e in examples
        for area in m.data.taxonomy.areas
    ]


def _cut(m: _Material, pairs: list[Pair], passes: float) -> list[Pair]:
    """Random pairs with as many tokens as so many passes over all sentences read."""
    drawn = random.Random(0).sample(pairs, len(pairs))
    tokenizer = AutoTokenizer.from_pretrained(m.data.project.encoder)
    limits = (m.settings.text_tokens, m.settings.target_tokens)
    rows = encode_pairs(tokenizer, [p.text for p in drawn], [p.target for p in drawn], *limits)
    read = np.cumsum([len(row.ids) for row in rows])
    return drawn[: int((read <= passes * m.tokens).sum())]


def _timed(work: Callable[[], Scores]) -> tuple[float, Scores]:
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found


def by_pairs(pairs: Sequence[Pair], reader: Reader, rest: Scores) -> Scores:
    """Every area from its pair [n * A]; voice and role are those of `rest`, which are not shown."""
    return replace(rest, areas=reader.score(pairs).reshape(rest.areas.shape))


def by_steps(pairs: Sequence[Pair], reader: Reader, detector: Scores) -> Scores:
    """Stances from the pairs [n * A] whose area the detector lets through."""
    addressed = (1 - detector.areas[..., MISSING]).ravel()
    through = np.flatnonzero(addressed >= LET_THROUGH)
    areas: Floats = detector.areas.reshape(len(pairs), -1).copy()
    stances = reader.score([pairs[i] for i in through])
    areas[through, :MISSING] = stances * addressed[through, None]
    return replace(detector, areas=areas.reshape(detector.areas.shape))


def _table(
    request: Request, m: _Material, methods: dict[str, Scores], seconds: dict[str, float]
) -> Bench:
    gold = targets(m.asked, m.data.taxonomy)
    outlets = np.array([e.source or e.article_id for e in m.asked])
    scoring = load_params(request.project.params, "evaluate", evaluate.Params)
    calibrated = {
        name: cross_calibrated(scores, gold, outlets, m.data.taxonomy.ids)
        for name, scores in methods.items()
    }
    found = compare(calibrated, gold, outlets, scoring.threshold, scoring.draws, ONE)
    rows: list[list[str]] = []
    metrics: dict[str, float] = {}
    for name, figures in found.scores.items():
        told = METRICS[:3] if name == PAIRS else METRICS
        rows.append([name, *(str(figures[x]) if x in told else "–" for x in METRICS)])
        metrics |= {
            f"{name.replace(' ', '_').replace(',', '')}.{x}": figures[x].value for x in told
        }
        rows[-1].append(f"{len(m.asked) / seconds[name]:.0f}" if name in seconds else "–")
    notes = [
        f"Fold {FOLD}, {len(m.asked)} sentences; each build trained on about "
        f"{m.tokens * m.data.settings.bert.learning.epochs / 1e6:.1f} million tokens, one seed. "
        "Sentences a second are of the pair encoder alone; one pass: see inference."
    ]
    return Bench("Builds", ["build", *METRICS, "sentences/s"], rows, metrics, notes)
