"""Does a classifier behave as a reader would when one thing in a sentence changes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.classifiers.base import Scorer
from pipeline.errors import InputError
from pipeline.records.labels import ANSWERS, ROLES, VOICES
from pipeline.records.pair import Pair
from pipeline.records.taxonomy import Taxonomy
from pipeline.stats.scores import MISSING, decide
from pipeline.text.mapped import MappedText
from pipeline.text.normalise import normalise
from pipeline.text.spelling import Spelling


@dataclass(frozen=True)
class PassRate:
    """Of the `pairs` of one kind, how many a classifier `passed`, and which it `failed`."""

    kind: str
    pairs: int
    passed: int
    failed: tuple[str, ...]


@dataclass(frozen=True)
class _Alone:
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class _Answers:
    areas: tuple[str, ...]
    voice: str | None
    role: str


def read_alone(raw: str) -> str:
    """A sentence on its own, normalised as those of an article are."""
    return normalise(MappedText.of(raw), Spelling.of(raw)).text


def pass_rates(
    pairs: Sequence[Pair], classifier: Scorer, taxonomy: Taxonomy, threshold: float
) -> list[PassRate]:
    """The pass rate of each kind of pair, in the order in which the kinds first occur.

    A pair passes when both its sentences get the expected answer, or, where nothing may change,
    when all answers to both are equal. Raises InputError for an unknown area.
    """
    unknown = sorted({p.area for p in pairs} - set(taxonomy.ids))
    if unknown:
        raise InputError(f"labels/behaviour.jsonl asks about an unknown area {unknown[0]!r}")
    texts = [read_alone(raw) for pair in pairs for raw in (pair.first, pair.second)]
    scores = classifier.score([_Alone(text) for text in texts])
    areas = decide(scores.areas, threshold)
    answers = [
        _Answers(
            tuple(ANSWERS[x] for x in areas[i]),
            VOICES[scores.voice[i].argmax()] if areas[i].min() < MISSING else None,
            ROLES[scores.role[i].argmax()],
        )
        for i in range(len(texts))
    ]
    total = Counter(pair.kind for pair in pairs)
    failed: dict[str, list[str]] = {kind: [] for kind in total}
    for pair, first, second in zip(pairs, answers[::2], answers[1::2], strict=True):
        if not _passes(pair, first, second, taxonomy):
            failed[pair.kind].append(pair.id)
    return [PassRate(k, n, n - len(failed[k]), tuple(failed[k])) for k, n in total.items()]


def _passes(pair: Pair, first: _Answers, second: _Answers, taxonomy: Taxonomy) -> bool:
    if pair.question == "same":
        return first == second
    if pair.question == "voice":
        return (first.voice, second.voice) == pair.expect
    column = taxonomy.ids.index(pair.area)
    return (first.areas[column], second.areas[column]) == pair.expect


def pass_table(rates: Sequence[PassRate]) -> str:
    """A Markdown table, a row a kind."""
    rows = ["| kind | pairs | passed |", "| --- | ---: | ---: |"]
    rows += [f"| {r.kind} | {r.pairs} | {r.passed / r.pairs:.0%} |" for r in rates]
    total, passed = sum(r.pairs for r in rates), sum(r.passed for r in rates)
    return "\n".join([*rows, f"| all | {total} | {passed / max(1, total):.0%} |"]) + "\n"
