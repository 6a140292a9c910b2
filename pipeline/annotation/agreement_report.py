"""What the blind answers say about annotators and codebook, measured as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.annotation.agreed import Measured, agreement_by_question, measured
from pipeline.annotation.ceiling import ceiling
from pipeline.annotation.differing import Contested, most_contested
from pipeline.annotation.questions import ROLE, Question, asked
from pipeline.config import STRICT
from pipeline.errors import InputError
from pipeline.records.annotation import Annotation
from pipeline.records.sentence import Sentence
from pipeline.stats.agreement import Agreement
from pipeline.stats.compare import Figure
from pipeline.stats.paired import paired


@dataclass(frozen=True)
class Settings:
    """`draws` of the bootstrap; a question is not measurable yet while its alpha is under `bar` or
    fewer than `least` units address it; `worst`: sentences to list.

    0.667 is the least alpha on which Krippendorff (Content Analysis, 2004, p. 241) would draw even
    tentative conclusions.
    """

    __pydantic_config__ = STRICT

    draws: int
    bar: float
    least: int
    worst: int


@dataclass(frozen=True)
class PairAgreement:
    """Agreement of two annotators on the `sentences` that both answered, by question."""

    first: str
    second: str
    sentences: int
    questions: dict[str, Agreement]


@dataclass(frozen=True)
class AgreementReport:
    """Agreement over all annotators and pair by pair, and where it is least.

    `sentences` have two blind answers or more, `prefilled` of all blind `answers` were given with
    a model's answer in view. `ceiling`: what annotators score against each other.
    """

    sentences: int
    answers: int
    prefilled: int
    annotators: tuple[str, ...]
    questions: dict[str, Measured]
    ceiling: dict[str, Figure]
    pairs: tuple[PairAgreement, ...]
    worst: tuple[Contested, ...]


def report_agreement(
    blind: Mapping[str, Sequence[Annotation]],
    sentences: Mapping[str, Sentence],
    areas: Sequence[str],
    settings: Settings,
) -> AgreementReport:
    """Measure everything from the blind answers to each sentence.

    Raises InputError when no sentence has two.
    """
    double = {sentence_id: own for sentence_id, own in blind.items() if len(own) > 1}
    if not double:
        raise InputError(
            "no sentence has two blind answers: let a second person annotate some of the sentences"
        )
    given, annotators = asked(blind, sentences, areas)
    agreed = agreement_by_question(given, settings.draws)
    return AgreementReport(
        sentences=len(double),
        answers=sum(len(own) for own in blind.values()),
        prefilled=sum(a.saw_prediction for own in blind.values() for a in own),
        annotators=annotators,
        questions=measured(given, agreed, settings.bar, settings.least),
        ceiling=ceiling(given, settings.draws),
        pairs=tuple(_pairs(given, annotators, settings.draws)),
        worst=tuple(most_contested(double, settings.worst)),
    )


def _pairs(
    given: Mapping[str, Question], annotators: Sequence[str], draws: int
) -> Sequence[PairAgreement]:
    role = given[ROLE]
    found = []
    for both in paired(role.codes, len(role.answers), role.groups):
        own = {name: question.of(both.first, both.second) for name, question in given.items()}
        found.append(
            PairAgreement(
                annotators[both.first],
                annotators[both.second],
                len(own[ROLE].codes),
                agreement_by_question(own, draws),
            )
        )
    return found
