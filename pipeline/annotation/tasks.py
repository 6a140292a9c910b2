"""Sentences as tasks of Label Studio: who gets which, with what prefilled."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.annotation.answers import least_probability, prefill_of, to_results
from pipeline.config import STRICT
from pipeline.errors import InputError
from pipeline.records.drawn import Drawn
from pipeline.records.prediction import Prediction

Task = dict[str, Any]
SHOWN = "lichang"
"""The version under which every prefill is shown: Label Studio shows those of one version only, and
a newer model's batch must not hide the open tasks of an older one. The model stands in `meta`."""


@dataclass(frozen=True)
class PushSettings:
    """How a batch is handed out.

    `overlap` is the share of the sentences that `coders` annotators get, each blind to the others;
    the rest go to one. `prefill` is the share of the tasks that show the model's answers; the
    others hold them back, so that 'lichang labels audit' can tell how far they pull. A sentence
    that was drawn at random never shows them: scores and estimated shares rest on its answer.
    `chunk`: tasks a request.
    """

    __pydantic_config__ = STRICT

    overlap: float
    coders: int
    prefill: float
    chunk: int


def annotators_of(sentence_id: str, annotators: Sequence[str], settings: PushSettings) -> list[str]:
    """Who gets a sentence: hashed from its id, so that a second push decides the same."""
    ranked = sorted(annotators, key=lambda name: _hash(sentence_id, name))
    shared = _hash(sentence_id, "overlap") < settings.overlap
    return ranked[: settings.coders if shared else 1]


def task_of(
    drawn: Drawn, batch: str, annotator: str, prediction: Prediction | None, settings: PushSettings
) -> Task:
    """The task for one annotator; what must come back with the answer travels in its `meta`."""
    meta: dict[str, Any] = {
        "batch": batch,
        "reason": drawn.reason,
        "sampling_p": drawn.sampling_p,
        "taxonomy_version": drawn.taxonomy_version,
    }
    task: Task = {"data": data_of(drawn), "meta": meta}
    if prediction:
        chosen = drawn.sampling_p is None
        shown = chosen and _hash(drawn.sentence_id, f"prefill {annotator}") < settings.prefill
        prefill = prefill_of(prediction, shown)
        meta["prefill"] = asdict(prefill)
        if shown:
            results = to_results(prefill.areas, prefill.voice, prefill.role)
            score = least_probability(prediction)
            task["predictions"] = [{"model_version": SHOWN, "score": score, "result": results}]
    return task


def data_of(drawn: Drawn) -> dict[str, str]:
    """What the screen shows."""
    return {
        "sentence_id": drawn.sentence_id,
        "text": drawn.text,
        "before": drawn.context[0],
        "after": drawn.context[1],
        "title": drawn.title,
        "source": drawn.source,
    }


def is_name(name: str) -> bool:
    """Whether an annotator's name can name a file."""
    return name.isascii() and name.replace("-", "").replace("_", "").isalnum()


def check_annotators(annotators: Sequence[str], settings: PushSettings) -> None:
    """Raises InputError when a name can't name a file, or fewer are given than code double."""
    if not annotators or len(set(annotators)) < len(annotators):
        raise InputError("name at least one annotator, and each once")
    for name in annotators:
        if not is_name(name):
            raise InputError(f"annotator {name!r}: use letters, digits, - and _ only")
    if settings.overlap > 0 and len(annotators) < settings.coders:
        raise InputError(
            f"{settings.coders} annotators are to share sentences, {len(annotators)} given; "
            "name more, or set push.overlap to 0 in configs/annotation.yaml"
        )


def prefilled(
    predictions: Sequence[Prediction], taxonomy_ids: Sequence[str]
) -> Mapping[str, Prediction]:
    """The predictions by sentence, those left out that name an area which is no more."""
    known = set(taxonomy_ids)
    return {p.sentence_id: p for p in predictions if {a.area for a in p.areas} <= known}


def _hash(*parts: str) -> float:
    """A number in [0, 1) that hangs on the parts alone."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
