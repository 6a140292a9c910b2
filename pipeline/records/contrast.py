"""Contrast groups: sentences with much the same words and other answers, to learn from only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.records.example import LabelledExample
from pipeline.records.labels import Role, Stance, Voice
from pipeline.records.store import iter_jsonl


@dataclass(frozen=True)
class Answer:
    """What one reader answered for a sentence."""

    areas: dict[str, Stance]
    voice: Voice | None
    role: Role


@dataclass(frozen=True)
class Contrast:
    """A member of a `group`, as a line of labels/contrasts/*.jsonl.

    `first` is the writer's answer, `second` that of a reader who saw the sentence among many
    others, without its group; `hard` tags codebook hard cases.
    """

    id: str
    group: str
    before: str
    text: str
    after: str
    first: Answer
    second: Answer
    hard: tuple[str, ...]

    @property
    def clear(self) -> bool:
        """Whether both readers found the same areas, stances and voice."""
        return (self.first.areas, self.first.voice) == (self.second.areas, self.second.voice)


def read_contrasts(folder: Path) -> list[Contrast]:
    """Every member of every .jsonl file of a folder, which may hold none.

    Raises InputError that names file and line.
    """
    return [c for file in sorted(folder.glob("*.jsonl")) for c in iter_jsonl(Contrast, file)]


def to_learn(
    contrasts: Sequence[Contrast], areas: Sequence[str]
) -> tuple[list[LabelledExample], int]:
    """The clear members as labelled examples, and how many were left out.

    Left out are those that two readers answered differently, and those that name an area which
    is not among `areas`: another taxonomy.
    """
    kept = [c for c in contrasts if c.clear and set(c.first.areas) <= set(areas)]
    return [_example(c) for c in kept], len(contrasts) - len(kept)


def _example(c: Contrast) -> LabelledExample:
    return LabelledExample(
        sentence_id=c.id,
        article_id=f"contrast:{c.group}",
        source="",
        story="",
        text=c.text,
        before=c.before,
        after=c.after,
        areas=c.first.areas,
        voice=c.first.voice,
        role=c.first.role,
        annotators=2,
        disagreement=0.0,
        hard=c.hard,
    )
