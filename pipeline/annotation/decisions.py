"""Which lines of labels/annotations count: the usable ones, and of one annotator the last."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from pipeline.records.annotation import ADJUDICATED, Annotation, Placed, Reject
from pipeline.records.taxonomy import Taxonomy

Decisions = dict[str, list[Annotation]]
"""By sentence id, what each annotator decided last."""


def why_unusable(
    annotation: Annotation, sentences: Container[str], taxonomy: Taxonomy
) -> str | None:
    """The reason why an annotation can't be used, or None; `sentences` are the known ids."""
    unknown = sorted(set(annotation.areas) - set(taxonomy.ids))
    if unknown:
        return f"unknown policy area {unknown[0]!r}; known: {', '.join(taxonomy.ids)}"
    if annotation.sentence_id not in sentences:
        return "no such sentence in the corpus (was its article changed or removed?)"
    if bool(annotation.areas) != (annotation.voice is not None):
        return "a voice is given exactly when an area is addressed"
    return None


def usable(
    annotations: Iterable[Placed], sentences: Container[str], taxonomy: Taxonomy
) -> tuple[list[Annotation], list[Reject]]:
    """The annotations that fit the corpus and the taxonomy, and the others with the reason."""
    good, bad = [], []
    for where, annotation in annotations:
        reason = why_unusable(annotation, sentences, taxonomy)
        if reason:
            bad.append(Reject(where, annotation.sentence_id, reason))
        else:
            good.append(annotation)
    return good, bad


def last_decisions(annotations: Iterable[Annotation]) -> Decisions:
    """Of one annotator the last line counts; what one adjudicated never replaces a blind answer."""
    found: dict[str, dict[tuple[str, bool], Annotation]] = defaultdict(dict)
    for a in annotations:
        found[a.sentence_id][a.annotator, a.provenance == ADJUDICATED] = a
    return {sentence_id: list(own.values()) for sentence_id, own in found.items()}


def blind(decisions: Sequence[Annotation]) -> list[Annotation]:
    """The decisions that were made without sight of the others."""
    return [a for a in decisions if a.provenance != ADJUDICATED]


def only_blind(decisions: Decisions) -> Decisions:
    """The blind decisions, of the sentences that have one."""
    return {sentence_id: own for sentence_id, d in decisions.items() if (own := blind(d))}


def adjudicated(decisions: Sequence[Annotation]) -> list[Annotation]:
    """The decisions that were made with the differing answers in view."""
    return [a for a in decisions if a.provenance == ADJUDICATED]
