"""Differing blind answers to what an adjudicator sees, and the decision to an annotation."""

import hashlib
from collections.abc import Sequence

from pipeline.annotation.decisions import Decisions, adjudicated, blind, why_unusable
from pipeline.annotation.differing import difference
from pipeline.errors import InputError
from pipeline.records.annotation import ADJUDICATED, Annotation
from pipeline.records.contrast import Answer
from pipeline.records.disputed import Disputed
from pipeline.records.taxonomy import Taxonomy


def disputed(decisions: Decisions) -> list[Disputed]:
    """The sentences whose blind annotators differ and that nobody decided yet, by id."""
    return [
        _disputed(sentence_id, blind(own))
        for sentence_id, own in sorted(decisions.items())
        if difference(blind(own)) and not adjudicated(own)
    ]


def _disputed(sentence_id: str, differing: Sequence[Annotation]) -> Disputed:
    """Without names, in an order that changes from sentence to sentence: the first answer is as
    likely anyone's, and the order in which they stand in the files tells nothing."""
    shuffled = sorted(differing, key=lambda a: _hash(f"{sentence_id} {a.annotator}"))
    drawn = [a.sampling_p for a in differing if a.sampling_p is not None]
    return Disputed(
        sentence_id,
        differing[0].text,
        differing[0].context,
        tuple(Answer(dict(sorted(a.areas.items())), a.voice, a.role) for a in shuffled),
        drawn[0] if drawn else None,
    )


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def decided(
    case: Disputed, answer: Answer, adjudicator: str, created_at: str, taxonomy: Taxonomy
) -> Annotation:
    """The decision as a line of labels/annotations, to stand beside the blind answers.

    Raises InputError for an unknown area, and when a voice doesn't go with an area.
    """
    line = Annotation(
        sentence_id=case.sentence_id,
        text=case.text,
        context=case.context,
        annotator=adjudicator,
        created_at=created_at,
        areas=answer.areas,
        voice=answer.voice,
        role=answer.role,
        unsure=False,
        provenance=ADJUDICATED,
        taxonomy_version=taxonomy.version,
        sampling_p=case.sampling_p,
        saw_prediction=False,
    )
    if reason := why_unusable(line, {case.sentence_id}, taxonomy):
        raise InputError(f"decision on {case.sentence_id} by {adjudicator}: {reason}")
    return line
