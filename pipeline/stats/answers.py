"""Stances as arrays, seen from one voice scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.records.labels import STANCES, VOICES, Stance, Voice
from pipeline.records.summary import VoiceScope
from pipeline.stats.scores import MISSING

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Answers:
    """Of n sentences: `areas` [n, A] into ANSWERS, `voice` [n] into VOICES (-1: none)."""

    areas: Ints
    voice: Ints

    def seen(self, scope: VoiceScope) -> Ints:
        """The answers [n, A] of one voice: what another voice says is not addressed."""
        if scope == "all":
            return self.areas
        return np.where(self.voice[:, None] == VOICES.index(scope), self.areas, MISSING)


def coded(
    stances: Sequence[Mapping[str, Stance]], voices: Sequence[Voice | None], areas: Sequence[str]
) -> Answers:
    """Turn each sentence's addressed areas and voice into indices."""
    column = {area: i for i, area in enumerate(areas)}
    found = np.full((len(stances), len(areas)), MISSING, dtype=np.int64)
    for row, given in enumerate(stances):
        for area, stance in given.items():
            if area in column:
                found[row, column[area]] = STANCES.index(stance)
    voice = [VOICES.index(v) if v else -1 for v in voices]
    return Answers(found, np.array(voice, dtype=np.int64))


def named(row: Ints, areas: Sequence[str]) -> dict[str, Stance]:
    """The addressed areas of one sentence's answers [A], with their stances."""
    return {a: STANCES[s] for a, s in zip(areas, row, strict=True) if s != MISSING}
