"""What the blind answers say about annotators and codebook: figures, report and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.annotation.agreed import (
    COLUMNS,
    Measured,
    agreement_by_question,
    measured,
    measured_table,
    row,
)
from pipeline.annotation.differing import Contested, most_contested
from pipeline.annotation.questions import ALL_AREAS, ROLE, STANCE, VOICE, Question, asked
from pipeline.config import STRICT
from pipeline.errors import InputError
from pipeline.records.annotation import Annotation
from pipeline.records.sentence import Sentence
from pipeline.stats.agreement import Agreement
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
    a model's answer in view.
    """

    sentences: int
    answers: int
    prefilled: int
    annotators: tuple[str, ...]
    questions: dict[str, Measured]
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


def as_json(report: AgreementReport) -> dict[str, Any]:
    """The figures by name, each question's beside what is said of it; nan becomes null."""
    data = asdict(report)
    for question in data["questions"].values():
        question |= question.pop("agreement")
    found: dict[str, Any] = _without_nan(data)
    return found


def _without_nan(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_nan(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_without_nan(value) for value in data]
    return None if data != data else data


def as_text(report: AgreementReport) -> str:
    """The report in Markdown."""
    return (
        f"# Agreement: {report.sentences} sentences with two blind answers or more, "
        f"{len(report.annotators)} annotators\n\n"
        "Value and 95 % interval, articles as clusters. alpha: Krippendorff's; AC1: Gwet's; kappa: "
        "Cohen's, of pairs of annotators, a pair weighing the units of both. addressed: units that "
        "one annotator at least found addressed. stance: where two found the area addressed. "
        f"{report.prefilled} of {report.answers} answers were given with a model's in view.\n\n"
        f"{measured_table(report.questions)}\n"
        f"## Pairs of annotators\n\n{pair_table(report.pairs)}\n"
        f"## Where annotators differ most\n\n{contested_text(report.worst)}"
    )


def pair_table(pairs: Sequence[PairAgreement]) -> str:
    """A Markdown table, a row a pair and question; area by area they stand in the JSON."""
    rows = [
        f"| annotators | sentences | question {COLUMNS}",
        "| --- | ---: | --- | ---: | --- | --- | --- | --- |",
    ]
    for pair in pairs:
        for name in (ALL_AREAS, STANCE, VOICE, ROLE):
            if name in pair.questions:
                names = f"{pair.first}, {pair.second}"
                cells = row(pair.questions[name])
                rows.append(f"| {names} | {pair.sentences} | {name} {cells}")
    return "\n".join(rows) + "\n"


def contested_text(worst: Sequence[Contested]) -> str:
    """A paragraph a sentence, with every annotator's answer."""
    parts = []
    for c in worst:
        parts.append(f"`{c.sentence_id}`, {c.difference:g} answers differ: {c.text}\n")
        for name, answer in c.answers.items():
            areas = ", ".join(f"{a} {s}" for a, s in answer.areas.items()) or "no area"
            parts.append(f"- {name}: {areas}; voice {answer.voice or '—'}; role {answer.role}")
        parts.append("")
    return "\n".join(parts)
