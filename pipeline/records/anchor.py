"""The anchor set: the same sentences, answered by one version after another."""

from dataclasses import dataclass

from pipeline.records.labels import Stance, Voice


@dataclass(frozen=True)
class Anchor:
    """A line of labels/anchors.jsonl: a sentence in its context that stays as it is."""

    sentence_id: str
    article_id: str
    text: str
    before: str
    after: str


@dataclass(frozen=True)
class AnchorAnswer:
    """What one version answers about one anchor; addressed areas only."""

    areas: dict[str, Stance]
    voice: Voice


@dataclass(frozen=True)
class AnchorRecord:
    """A line of labels/anchor_answers.jsonl: a version, and its answer by sentence_id.

    A version is a `model` with the `areas` that it answers for, under a `codebook` (the first
    twelve digits of its SHA-256) and a taxonomy version.
    """

    model: str
    taxonomy: str
    codebook: str
    areas: tuple[str, ...]
    answers: dict[str, AnchorAnswer]
