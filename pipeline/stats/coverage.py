"""What a set of labelled sentences covers, counted against what it is meant to cover."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.config import STRICT
from pipeline.records.example import LabelledExample
from pipeline.records.labels import ROLES, STANCES, VOICES


@dataclass(frozen=True)
class Wanted:
    """Least counts, and least shares of the sentences (0..1), of a label set."""

    __pydantic_config__ = STRICT

    sentences: int
    per_area_and_stance: int
    per_stance_and_voice: int
    per_role: int
    per_hard_case: int
    opposite_stances: int
    no_area: float
    two_or_more_areas: float


@dataclass(frozen=True)
class Cell:
    """One count: what was counted, how many there are and how many are wanted."""

    what: str
    count: int
    wanted: int

    @property
    def short(self) -> bool:
        """Whether there are fewer than wanted."""
        return self.count < self.wanted


def coverage(
    examples: Sequence[LabelledExample],
    areas: Sequence[str],
    hard_cases: Sequence[str],
    wanted: Wanted,
) -> list[Cell]:
    """Every cell of the coverage table, shares as counts of sentences."""
    return list(_cells(examples, areas, hard_cases, wanted))


def _cells(
    examples: Sequence[LabelledExample],
    areas: Sequence[str],
    hard_cases: Sequence[str],
    wanted: Wanted,
) -> Iterator[Cell]:
    total = len(examples)
    stances = Counter(pair for e in examples for pair in e.areas.items())
    voices = Counter((s, e.voice) for e in examples for s in set(e.areas.values()))
    roles = Counter(e.role for e in examples)
    hard = Counter(tag for e in examples for tag in e.hard)
    opposite = sum({"supportive", "critical"} <= set(e.areas.values()) for e in examples)
    yield Cell("sentences", total, wanted.sentences)
    for area in areas:
        for stance in STANCES:
            yield Cell(f"{area} {stance}", stances[area, stance], wanted.per_area_and_stance)
    for stance in STANCES:
        for voice in VOICES:
            yield Cell(f"{stance} {voice}", voices[stance, voice], wanted.per_stance_and_voice)
    for role in ROLES:
        yield Cell(f"role {role}", roles[role], wanted.per_role)
    empty, several = (sum(test(len(e.areas)) for e in examples) for test in (_none, _several))
    yield Cell("no area", empty, round(wanted.no_area * total))
    yield Cell("two or more areas", several, round(wanted.two_or_more_areas * total))
    yield Cell("opposite stances", opposite, wanted.opposite_stances)
    for tag in hard_cases:
        yield Cell(f"hard case {tag}", hard[tag], wanted.per_hard_case)


def _none(areas: int) -> bool:
    return areas == 0


def _several(areas: int) -> bool:
    return areas > 1


def coverage_table(cells: Sequence[Cell]) -> str:
    """A Markdown table, a row a cell; what is short is marked."""
    rows = ["| what | sentences | wanted | |", "| --- | ---: | ---: | --- |"]
    rows += [f"| {c.what} | {c.count} | {c.wanted} | {'short' * c.short} |" for c in cells]
    return "\n".join(rows) + "\n"
