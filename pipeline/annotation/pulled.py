"""What came back from Label Studio: every answer checked, none lost, none invented."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pipeline.annotation.answers import read_answer
from pipeline.config import build
from pipeline.errors import InputError
from pipeline.records.annotation import ADJUDICATED, Annotation, Prefill, Reject
from pipeline.records.drawn import Drawn
from pipeline.records.skip import Skip
from pipeline.records.taxonomy import Taxonomy

PULLED = "label-studio"
"""Provenance of a decision that a person made in Label Studio."""


@dataclass
class Pulled:
    """The answers, skips and rejects of a project, and how many of its tasks are still open."""

    annotations: list[Annotation] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    tasks: int = 0
    open: int = 0


def read_tasks(
    tasks: Iterable[Mapping[str, Any]],
    known: Mapping[str, Drawn],
    names: Mapping[int, str],
    taxonomy: Taxonomy,
    provenance: str = PULLED,
) -> Pulled:
    """Every annotation of every task, as a line, a skip or a reject that says why.

    `known` are the sentences that were pushed, by id; `names` the users' names, by their ids.
    """
    found = Pulled()
    for task in tasks:
        found.tasks += 1
        found.open += not task["annotations"]
        for given in task["annotations"]:
            try:
                _take(found, task, given, known, names, taxonomy, provenance)
            except InputError as error:
                where = f"task {task['id']}, annotation {given.get('id')}"
                sentence_id = str(task["data"].get("sentence_id", ""))
                found.rejects.append(Reject(where, sentence_id, str(error)))
    return found


def _take(
    found: Pulled,
    task: Mapping[str, Any],
    given: Mapping[str, Any],
    known: Mapping[str, Drawn],
    names: Mapping[int, str],
    taxonomy: Taxonomy,
    provenance: str,
) -> None:
    drawn = known.get(str(task["data"].get("sentence_id", "")))
    if not drawn:
        raise InputError("the task is of no batch in labels/batches: it was added by hand")
    if task["data"].get("text") != drawn.text:
        raise InputError("the task's text was changed in Label Studio")
    changed_by = given.get("updated_by")
    if provenance != ADJUDICATED and changed_by not in (None, given["completed_by"]):
        raise InputError(
            f"the answer was changed by {names.get(changed_by, f'user-{changed_by}')}, who did not "
            "give it: a correction goes through 'lichang labels adjudicate'"
        )
    name = names.get(given["completed_by"], f"user-{given['completed_by']}")
    when, seconds = _time(given["updated_at"]), given.get("lead_time")
    taken = None if seconds is None else round(float(seconds), 1)
    if given.get("was_cancelled"):
        found.skips.append(Skip(drawn.sentence_id, name, when, taken))
        return
    answer = read_answer(given.get("result"), taxonomy)
    prefill = _prefill(task)
    found.annotations.append(
        Annotation(
            sentence_id=drawn.sentence_id,
            text=drawn.text,
            context=drawn.context,
            annotator=name,
            created_at=when,
            areas=answer.areas,
            voice=answer.voice,
            role=answer.role,
            unsure=answer.unsure,
            provenance=provenance,
            taxonomy_version=drawn.taxonomy_version,
            sampling_p=drawn.sampling_p,
            saw_prediction=bool(prefill and prefill.shown) or bool(given.get("parent_prediction")),
            seconds=taken,
            prefill=prefill,
        )
    )


def _prefill(task: Mapping[str, Any]) -> Prefill | None:
    kept = task["meta"].get("prefill")
    return build(Prefill, kept, "prefill of the task's meta") if kept else None


def _time(stamp: str) -> str:
    at = datetime.fromisoformat(stamp).astimezone(UTC)
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def user_names(emails: Mapping[int, str]) -> dict[int, str]:
    """What an annotator is called in the files: the address up to its @, never the whole.

    Of several with the same name there the first keeps it, the others get their number behind it,
    so that nobody's name changes when somebody joins.
    """
    short = {number: email.split("@")[0] or f"user-{number}" for number, email in emails.items()}
    first: dict[str, int] = {}
    for number in sorted(short):
        first.setdefault(short[number], number)
    return {n: name if first[name] == n else f"{name}-{n}" for n, name in short.items()}


def new_annotations(kept: Sequence[Annotation], pulled: Sequence[Annotation]) -> list[Annotation]:
    """The pulled decisions that the file doesn't hold yet, in order.

    A decision that was opened and saved again without a change is not new.
    """
    known = {(a.sentence_id, a.annotator, a.created_at, _said(a)) for a in kept}
    last = {(a.sentence_id, a.annotator): _said(a) for a in kept}
    new = []
    for a in sorted(pulled, key=lambda a: (a.created_at, a.sentence_id, a.annotator)):
        key = (a.sentence_id, a.annotator)
        if (*key, a.created_at, _said(a)) not in known and last.get(key) != _said(a):
            new.append(a)
        last[key] = _said(a)
    return new


def gone(kept: Sequence[Annotation], pulled: Sequence[Annotation]) -> list[Annotation]:
    """Decisions in the file that the server has no more: they stay, and are named."""
    there = {(a.sentence_id, a.annotator) for a in pulled}
    return [a for a in kept if (a.sentence_id, a.annotator) not in there]


def new_skips(kept: Sequence[Skip], pulled: Sequence[Skip]) -> list[Skip]:
    """The pulled skips that are not in the file yet, in order."""
    there = {(s.sentence_id, s.annotator, s.created_at) for s in kept}
    fresh = {s for s in pulled if (s.sentence_id, s.annotator, s.created_at) not in there}
    return sorted(fresh, key=lambda s: (s.created_at, s.sentence_id, s.annotator))


def _said(a: Annotation) -> tuple[Any, ...]:
    areas = tuple(sorted(a.areas.items()))
    return (areas, a.voice, a.role, a.unsure, a.provenance, a.taxonomy_version)
