"""How far annotators agree, question by question, and where too little to be measured."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.annotation.questions import Question
from pipeline.records.labels import NOT_ADDRESSED
from pipeline.stats.agreement import Agreement, agreement

COLUMNS = "| units | observed | alpha | AC1 | kappa |"


@dataclass(frozen=True)
class Measured:
    """Agreement on a question; `addressed`: units with two answers, one of them at least a stance
    (all units of a question that has no "not addressed"). `not_measurable` says why the answers
    measure nothing yet ("" when they do)."""

    agreement: Agreement
    addressed: int
    not_measurable: str


def agreement_by_question(asked: Mapping[str, Question], draws: int) -> dict[str, Agreement]:
    """Agreement on each question that two annotators or more answered somewhere."""
    found = {name: agreement(q.codes, len(q.answers), q.groups, draws) for name, q in asked.items()}
    return {name: value for name, value in found.items() if value}


def measured(
    asked: Mapping[str, Question], agreed: Mapping[str, Agreement], bar: float, least: int
) -> dict[str, Measured]:
    """Mark what is not measurable yet: alpha under `bar`, or fewer than `least` units addressed."""
    return {name: _measured(asked[name], of, bar, least) for name, of in agreed.items()}


def _measured(question: Question, agreed: Agreement, bar: float, least: int) -> Measured:
    codes = question.codes[question.shared]
    if NOT_ADDRESSED in question.answers:
        missing = question.answers.index(NOT_ADDRESSED)
        codes = codes[((codes >= 0) & (codes != missing)).any(axis=1)]
    reason = ""
    if len(codes) < least:
        reason = f"only {len(codes)} units with two answers address it, {least} are wanted"
    elif math.isnan(agreed.alpha.value):
        reason = "all answers are alike"
    elif agreed.alpha.value < bar:
        reason = f"alpha {agreed.alpha.value:.3f} is below {bar}"
    return Measured(agreed, len(codes), reason)


def row(agreed: Agreement) -> str:
    """The cells of COLUMNS."""
    figures = (agreed.observed, agreed.alpha, agreed.ac1, agreed.kappa)
    return f"| {agreed.units} | " + " | ".join(map(str, figures)) + " |"


def agreement_table(agreed: Mapping[str, Agreement]) -> str:
    """A Markdown table, a row a question, each coefficient with its 95 % interval."""
    rows = [f"| question {COLUMNS}", "| --- | ---: | --- | --- | --- | --- |"]
    rows += [f"| {name} {row(a)}" for name, a in agreed.items()]
    return "\n".join(rows) + "\n"


def measured_table(found: Mapping[str, Measured]) -> str:
    """The agreement table with what is not measurable yet marked, and why."""
    rows = [
        f"| question {COLUMNS} addressed | measurable |",
        "| --- | ---: | --- | --- | --- | --- | ---: | --- |",
    ]
    for name, m in found.items():
        verdict = f"not measurable yet: {m.not_measurable}" if m.not_measurable else "yes"
        rows.append(f"| {name} {row(m.agreement)} {m.addressed} | {verdict} |")
    return "\n".join(rows) + "\n"
