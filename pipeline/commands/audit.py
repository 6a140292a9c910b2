"""`lichang labels audit`: how far a prefill pulls the answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from pipeline.annotation.prefills import QUESTIONS, Beside, beside
from pipeline.commands.batches import read_candidates, read_placed
from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.store import write_json
from pipeline.stats.audit import Effect, effect, median

FEW = 20
"""With fewer articles, resampling them gives intervals that are too narrow."""


@dataclass(frozen=True)
class Settings:
    """The section `audit` of configs/annotation.yaml; `draws` of the bootstrap."""

    __pydantic_config__ = STRICT

    draws: int


@dataclass(frozen=True)
class Audit:
    """Where the model's answer was shown against where it was hidden.

    `agreement` with the model by question; `corrections`: the share of answers that differ from
    the model's where that was wrong; `seconds` a sentence, as medians. None: nothing to compare.
    `gone` answers are left out, their sentences stand in no article any more.
    """

    answers: int
    articles: int
    gone: int
    models: tuple[str, ...]
    agreement: Mapping[str, Effect | None]
    corrections: Mapping[str, Effect | None]
    seconds: Effect | None


def audit(project: Project) -> Audit:
    """Compare and write reports/audit/audit.json.

    Raises InputError when no answer has a prefill, or all were shown, or all hidden.
    """
    settings = load_params(project.annotation_settings, "audit", Settings)
    found = beside(read_placed(project))
    article = {c.id: c.sentence.article_id for c in read_candidates(project)}
    kept = [answer for answer in found if answer.sentence_id in article]
    _check(kept, len(found) - len(kept))
    groups = [article[answer.sentence_id] for answer in kept]
    report = _audit(kept, groups, settings.draws, len(found) - len(kept))
    write_json(project.audit / "audit.json", asdict(report))
    return report


def _check(kept: Sequence[Beside], gone: int) -> None:
    shown = sum(answer.shown for answer in kept)
    if not kept:
        left = f" whose sentence is in the corpus ({gone} are not)" if gone else ""
        raise InputError(
            f"nothing to audit: no annotation holds a prefill{left}; push predictions with the "
            "tasks, hidden at random for a share of them"
        )
    if shown in (0, len(kept)):
        what = "shown" if shown else "hidden"
        raise InputError(
            f"nothing to compare: the prefill of all {len(kept)} answers was {what}; hide it at "
            "random for a share of the tasks"
        )


def _audit(kept: Sequence[Beside], groups: Sequence[str], draws: int, gone: int) -> Audit:
    shown = [answer.shown for answer in kept]
    agrees = {q: [answer.agrees[q] for answer in kept] for q in QUESTIONS}
    differs = {
        q: [
            not answer.agrees[q] if answer.model_wrong[q] and answer.agrees[q] is not None else None
            for answer in kept
        ]
        for q in QUESTIONS
    }
    return Audit(
        answers=len(kept),
        articles=len(set(groups)),
        gone=gone,
        models=tuple(sorted({answer.model for answer in kept})),
        agreement={q: effect(agrees[q], shown, groups, draws) for q in QUESTIONS},
        corrections={q: effect(differs[q], shown, groups, draws) for q in QUESTIONS},
        seconds=effect([answer.seconds for answer in kept], shown, groups, draws, median),
    )


def audit_table(report: Audit) -> str:
    """A Markdown table: a row a question, then wrong answers corrected, then seconds."""
    rows = [
        "| | shown | hidden | with the model's answer shown | hidden | difference |",
        "| --- | ---: | ---: | --- | --- | --- |",
    ]
    rows += [_row(f"agree with the model: {q}", e) for q, e in report.agreement.items()]
    rows += [_row(f"model wrong, answer differs: {q}", e) for q, e in report.corrections.items()]
    rows.append(_row("seconds a sentence (median)", report.seconds))
    return "\n".join([*rows, "", *_notes(report)]) + "\n"


def _row(what: str, found: Effect | None) -> str:
    if found is None:
        return f"| {what} | | | nothing to compare | | |"
    cells = (found.shown_n, found.hidden_n, found.shown, found.hidden, found.difference)
    return f"| {what} | " + " | ".join(map(str, cells)) + " |"


def _notes(report: Audit) -> Iterator[str]:
    models = ", ".join(report.models)
    yield f"{report.answers} answers in {report.articles} articles beside those of {models}"
    yield "value and 95 % interval, articles as clusters"
    if report.articles < FEW:
        yield f"fewer than {FEW} articles: the intervals are too narrow"
    if report.gone:
        yield f"{report.gone} answers left out: their sentences stand in no article any more"
