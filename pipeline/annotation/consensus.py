"""Several annotators' answers to one: the adjudicated one, else what the rule makes of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from pipeline.annotation.decisions import Decisions, adjudicated, blind
from pipeline.annotation.questions import ROLE, VOICE, Codes, coded
from pipeline.records.annotation import ADJUDICATED, Annotation
from pipeline.records.contrast import Answer
from pipeline.records.labels import ANSWERS, NOT_ADDRESSED, ROLES, VOICES
from pipeline.stats.dawid_skene import dawid_skene

Rule = Literal["majority", "dawid_skene"]
MAJORITY, DAWID_SKENE = get_args(Rule)
LEAST = 3
"""So many answers at least to a question are weighed by Dawid-Skene: of two that differ nothing
says which errs."""


@dataclass(frozen=True)
class Consensus:
    """The agreed `answer` of a sentence, and what it was decided `by`.

    `annotators` and `disagreement` (the share of answers to areas and role that differ from the
    agreed one) are of those who answered blind. `hard` are the cases that half of the decisions
    name at least; `sampling_p` is that of the first random draw, `drawn_at` when it was answered.
    """

    answer: Answer
    by: str
    annotators: int
    disagreement: float
    hard: tuple[str, ...]
    sampling_p: float | None
    drawn_at: str


def consensus(decisions: Decisions, areas: Sequence[str], rule: Rule) -> dict[str, Consensus]:
    """One answer for each sentence: the last adjudicated one, else by `rule`.

    Majority: the most frequent answer to each question, a tie goes to the earliest decision.
    Dawid-Skene: each question's likeliest answer, annotators weighed by their error rates, which
    are learnt from the sentences that LEAST or more answered; where fewer did, the majority's.
    """
    weighed = _weighed(decisions, areas) if rule == DAWID_SKENE else {}
    return {
        sentence_id: _consensus(own, areas, weighed.get(sentence_id))
        for sentence_id, own in decisions.items()
    }


def _consensus(
    decisions: Sequence[Annotation], areas: Sequence[str], weighed: Mapping[str, str] | None
) -> Consensus:
    ordered = sorted(decisions, key=lambda a: (a.created_at, a.annotator))
    answering = blind(ordered) or ordered
    by = MAJORITY if weighed is None else DAWID_SKENE
    if decision := adjudicated(ordered)[-1:]:
        answer, by = _agreed(decision, areas, {}), ADJUDICATED
    else:
        answer = _agreed(answering, areas, weighed or {})
    wrong = sum(a.areas.get(x) != answer.areas.get(x) for x in areas for a in answering)
    wrong += sum(a.role != answer.role for a in answering)
    tags = Counter(tag for a in ordered for tag in a.hard)
    drawn = [(a.sampling_p, a.created_at) for a in ordered if a.sampling_p is not None]
    return Consensus(
        answer,
        by,
        len(answering),
        wrong / (len(answering) * (len(areas) + 1)),
        tuple(sorted(tag for tag, n in tags.items() if 2 * n >= len(ordered))),
        *(drawn[0] if drawn else (None, "")),
    )


def _agreed(
    deciding: Sequence[Annotation], areas: Sequence[str], weighed: Mapping[str, str]
) -> Answer:
    """The `weighed` answer to each question, else the majority's."""

    def one(question: str, answers: Sequence[str]) -> Any:
        return weighed.get(question) or Counter(answers).most_common(1)[0][0]

    stances = {x: one(x, [a.areas.get(x, NOT_ADDRESSED) for a in deciding]) for x in areas}
    addressed = {area: stance for area, stance in stances.items() if stance != NOT_ADDRESSED}
    voices = [a.voice for a in deciding if a.voice]
    voice = one(VOICE, voices) if addressed and voices else None
    return Answer(addressed, voice, one(ROLE, [a.role for a in deciding]))


def _weighed(decisions: Decisions, areas: Sequence[str]) -> dict[str, dict[str, str]]:
    """The likeliest answers by sentence and question; none where fewer than LEAST answered."""
    several = {s: own for s, d in decisions.items() if len(own := blind(d)) >= LEAST}
    found: dict[str, dict[str, str]] = {sentence_id: {} for sentence_id in several}
    given = coded(several, areas)
    asked = [(area, ANSWERS, codes) for area, codes in zip(areas, given.areas, strict=True)]
    asked += [(VOICE, VOICES, given.voice), (ROLE, ROLES, given.role)]
    for question, answers, codes in asked:
        for place, answer in zip(found.values(), _likeliest(codes, len(answers)), strict=True):
            if answer >= 0:
                place[question] = answers[answer]
    return found


def _likeliest(codes: Codes, classes: int) -> list[int]:
    """The likeliest answer to each unit; -1 where fewer than LEAST answered, or two are equal."""
    found = np.full(len(codes), -1)
    rows = (codes >= 0).sum(axis=1) >= LEAST
    if rows.any():
        unit, annotator = np.nonzero(codes[rows] >= 0)
        answer = codes[rows][unit, annotator].astype(np.int64)
        p = dawid_skene(unit, annotator, answer, classes).units
        tied = (p >= p.max(axis=1, keepdims=True) - 1e-9).sum(axis=1) > 1
        found[rows] = np.where(tied, -1, p.argmax(axis=1))
    return [int(answer) for answer in found]
