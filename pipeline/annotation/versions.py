"""Which annotations were made, or carried over, under the codebook in use."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.records.annotation import ADJUDICATED, Annotation, Placed, Reject

MIGRATED = "migrated:"
"""Before the provenance of an answer that was carried over from an older codebook."""


@dataclass(frozen=True)
class Versions:
    """`current` answers; `superseded` ones of an older codebook whose sentence has a current one;
    `outdated` ones whose sentence has none, with what to do about them."""

    current: list[Placed]
    superseded: list[Placed]
    outdated: list[Reject]


def by_version(placed: Sequence[Placed], version: str) -> Versions:
    """Sort annotations by whether they were made with codebook `version`.

    Carried ones come first and under the provenance that they had, so that an adjudicated answer
    stays one, and an annotator's new answer counts rather than the carried one.
    """
    current = [(where, a) for where, a in placed if a.taxonomy_version == version]
    current.sort(key=lambda row: not is_migrated(row[1]))
    answered = {a.sentence_id for _, a in current}
    older = [(where, a) for where, a in placed if a.taxonomy_version != version]
    return Versions(
        [(where, replace(a, provenance=original(a.provenance))) for where, a in current],
        [(where, a) for where, a in older if a.sentence_id in answered],
        [
            Reject(where, a.sentence_id, _why(a.taxonomy_version, version))
            for where, a in older
            if a.sentence_id not in answered
        ],
    )


def is_migrated(annotation: Annotation) -> bool:
    """Whether an answer was carried over rather than given."""
    return annotation.provenance.startswith(MIGRATED)


def original(provenance: str) -> str:
    """The provenance under which an answer was given."""
    return provenance.removeprefix(MIGRATED)


def giver(annotation: Annotation) -> tuple[str, bool]:
    """Whose answer it is; who answered blind and adjudicated later gave two."""
    return annotation.annotator, original(annotation.provenance) == ADJUDICATED


def _why(made: str, version: str) -> str:
    return (
        f"made with codebook {made}, this is {version}: 'lichang labels migrate' carries it over, "
        "or queues its sentence to be annotated again"
    )
