"""Differing blind answers to what an adjudicator sees."""

import hashlib
from collections.abc import Sequence

from pipeline.annotation.decisions import Decisions, adjudicated, blind
from pipeline.annotation.differing import difference
from pipeline.records.annotation import Annotation
from pipeline.records.contrast import Answer
from pipeline.records.disputed import Disputed


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
