"""Annotators' answers beside what a model had answered, whether they saw it or not."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.annotation.versions import giver, is_migrated
from pipeline.records.annotation import ADJUDICATED, Annotation, Placed, Prefill

QUESTIONS = ("areas", "voice", "role")
"""areas: the same addressed areas with the same stances; voice: where both give one."""


@dataclass(frozen=True)
class Beside:
    """An answer beside a model's, by question: do they agree, and was the model wrong?

    `shown`: the annotator saw the model's answer. None stands for what was not asked, or not
    known.
    """

    sentence_id: str
    model: str
    shown: bool
    seconds: float | None
    agrees: dict[str, bool | None]
    model_wrong: dict[str, bool | None]


def beside(placed: Sequence[Placed]) -> list[Beside]:
    """One for each last answer of an annotator that has a prefill, as it was given.

    The model was wrong where it differs from the adjudicated answer, else from that which all
    others gave who saw no model's; where those differ, or there are none, it is not known.
    Answers carried over to a newer codebook are left out: the model's speaks of the old one.
    """
    of: dict[tuple[str, str], dict[tuple[str, bool], Annotation]] = defaultdict(dict)
    for _, a in placed:
        if not is_migrated(a):
            of[a.sentence_id, a.taxonomy_version][giver(a)] = a
    return [
        _beside(a, a.prefill, _truth(a, list(answers.values())))
        for answers in of.values()
        for a in answers.values()
        if a.prefill and a.provenance != ADJUDICATED
    ]


def _beside(a: Annotation, prefill: Prefill, truth: Sequence[Annotation]) -> Beside:
    wrong: dict[str, bool | None] = {}
    for question in QUESTIONS:
        same = {_same(prefill, other, question) for other in truth}
        alike = all(_same(truth[0], other, question) for other in truth[1:])
        wrong[question] = not same.pop() if alike and same and None not in same else None
    agrees = {question: _same(prefill, a, question) for question in QUESTIONS}
    return Beside(a.sentence_id, prefill.model, prefill.shown, a.seconds, agrees, wrong)


def _truth(a: Annotation, answers: Sequence[Annotation]) -> list[Annotation]:
    """The answers that say what is right, none of them swayed by this prefill."""
    decided = [other for other in answers if other.provenance == ADJUDICATED]
    others = [other for other in answers if other.annotator != a.annotator]
    return decided[-1:] or [o for o in others if not _swayed(o)]


def _swayed(a: Annotation) -> bool:
    """Whether a model's answer was seen, on the task or as a suggestion of the ML backend."""
    return a.saw_prediction or bool(a.prefill and a.prefill.shown)


def _same(first: Any, second: Any, question: str) -> bool | None:
    """Whether two give the same answer; None where one gives none."""
    answers = getattr(first, question), getattr(second, question)
    return None if None in answers else bool(answers[0] == answers[1])
