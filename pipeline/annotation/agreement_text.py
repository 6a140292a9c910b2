"""The agreement report as figures by name and as Markdown."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pipeline.annotation.agreed import COLUMNS, measured_table, row
from pipeline.annotation.agreement_report import AgreementReport, PairAgreement
from pipeline.annotation.ceiling import ceiling_table
from pipeline.annotation.differing import Contested
from pipeline.annotation.questions import ALL_AREAS, ROLE, STANCE, VOICE


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
        f"{measured_table(report.questions)}\n## Ceiling\n\n"
        "What annotators score against each other where a classifier is scored against their "
        f"consensus: mean over pairs.\n\n{ceiling_table(report.ceiling)}\n"
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
