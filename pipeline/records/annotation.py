"""One decision of one annotator about one sentence."""

from dataclasses import dataclass

from pipeline.records.labels import Role, Stance, Voice


@dataclass(frozen=True)
class Annotation:
    """A line of labels/annotations/*.jsonl; `areas` lists addressed areas only.

    `voice` is None exactly when no area is addressed. `sampling_p` is the probability with
    which the sentence was drawn (None: not a random draw). `hard` tags codebook hard cases.
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
