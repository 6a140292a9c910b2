"""Where annotators of one sentence differ, and how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.records.annotation import Annotation
from pipeline.records.contrast import Answer


@dataclass(frozen=True)
class Contested:
    """A sentence with every annotator's answer; `difference` as the function below has it."""

    sentence_id: str
    text: str
    difference: float
    answers: dict[str, Answer]


def difference(decisions: Sequence[Annotation]) -> float:
    """On how many questions (areas, voice, role) two of the annotators differ, on average.

    Voice counts where both found an area addressed: else they differ on the area already.
    """
    pairs = list(combinations(decisions, 2))
    return sum(_differing(a, b) for a, b in pairs) / max(1, len(pairs))


def _differing(a: Annotation, b: Annotation) -> int:
    areas = sum(a.areas.get(area) != b.areas.get(area) for area in {*a.areas, *b.areas})
    voice = a.voice is not None and b.voice is not None and a.voice != b.voice
    return areas + voice + (a.role != b.role)


def most_contested(blind: Mapping[str, Sequence[Annotation]], worst: int) -> list[Contested]:
    """The `worst` sentences, those first where annotators differ most."""
    order = sorted((-difference(own), sentence_id) for sentence_id, own in blind.items())
    return [
        Contested(
            sentence_id,
            blind[sentence_id][-1].text,
            round(-less, 4),
            {
                a.annotator: Answer(a.areas, a.voice, a.role)
                for a in sorted(blind[sentence_id], key=lambda a: a.annotator)
            },
        )
        for less, sentence_id in order[:worst]
        if less < 0
    ]
