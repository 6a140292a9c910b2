"""One decision of one annotator about one sentence, and the files that hold them."""

from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.records.labels import Role, Stance, Voice
from pipeline.records.store import from_json

ADJUDICATED = "adjudicated"
"""Provenance of a decision that was made with the annotators' differing answers in view."""


@dataclass(frozen=True)
class Prefill:
    """What a model answered before the annotator did; `shown` on the screen, or held back."""

    model: str
    shown: bool
    areas: dict[str, Stance]
    voice: Voice | None
    role: Role | None


@dataclass(frozen=True)
class Annotation:
    """A line of labels/annotations/*.jsonl; `areas` lists addressed areas only.

    `voice` is None exactly when no area is addressed. `sampling_p` is the probability with
    which the sentence was drawn (None: not a random draw). `hard` tags codebook hard cases.
    `seconds` is how long the annotator took; `saw_prediction`: a `prefill` was shown.
    """

    sentence_id: str
    text: str
    context: tuple[str, str]
    annotator: str
    created_at: str
    areas: dict[str, Stance]
    voice: Voice | None
    role: Role
    unsure: bool
    provenance: str
    taxonomy_version: str
    sampling_p: float | None
    saw_prediction: bool
    hard: tuple[str, ...] = ()
    seconds: float | None = None
    prefill: Prefill | None = None


Placed = tuple[str, Annotation]
"""An annotation and where it stands, as file:line."""


@dataclass(frozen=True)
class Reject:
    """An annotation that could not be used: where it stands and why."""

    where: str
    sentence_id: str
    reason: str


def by_reason(rejects: Sequence[Reject]) -> list[str]:
    """A line a reason: where it stands first, and how many more there are."""
    places: dict[str, list[str]] = defaultdict(list)
    for reject in rejects:
        places[reject.reason].append(reject.where)
    return [
        f"{where[0]}{f' and {len(where) - 1} more' * (len(where) > 1)}: {reason}"
        for reason, where in places.items()
    ]


def read_annotations(folder: Path) -> tuple[list[Placed], list[Reject]]:
    """Every line of every .jsonl file with its place; malformed lines become rejects.

    Raises InputError when the folder holds no .jsonl file.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError(f"no annotation file (*.jsonl) in {folder}")
    good: list[Placed] = []
    bad: list[Reject] = []
    for file in files:
        for number, line in enumerate(file.read_bytes().removeprefix(BOM_UTF8).splitlines(), 1):
            if not line.strip():
                continue
            where = f"{file.name}:{number}"
            try:
                good.append((where, from_json(Annotation, line.decode("utf-8"), where)))
            except (InputError, UnicodeDecodeError) as error:
                bad.append(Reject(where, "", str(error)))
    return good, bad
