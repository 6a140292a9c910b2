"""Blind answers as numbers: what every annotator was asked, question by question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.records.annotation import Annotation
from pipeline.records.labels import ANSWERS, NOT_ADDRESSED, ROLES, STANCES, VOICES
from pipeline.records.sentence import Sentence

Codes = NDArray[np.int8]
ALL_AREAS, STANCE, VOICE, ROLE = "all areas", "stance", "voice", "role"


@dataclass(frozen=True)
class Question:
    """`codes` [units, annotators] are places in `answers`, -1 where an annotator gave none.

    `groups` [units] numbers each unit's article.
    """

    answers: tuple[str, ...]
    codes: Codes
    groups: NDArray[np.int64]

    def of(self, first: int, second: int) -> "Question":
        """The same question put to two annotators only, where both answered it."""
        both = self.codes[:, [first, second]]
        kept = (both >= 0).all(axis=1)
        return Question(self.answers, both[kept], self.groups[kept])

    @property
    def shared(self) -> NDArray[np.bool_]:
        """The units that two annotators or more answered."""
        found: NDArray[np.bool_] = (self.codes >= 0).sum(axis=1) > 1
        return found


@dataclass(frozen=True)
class Coded:
    """All blind answers of `annotators` to sentences; -1 where one gave none.

    `areas` [areas, sentences, annotators] into ANSWERS in the order of `area_ids`, `voice` and
    `role` [sentences, annotators]; `articles` [sentences] numbers each sentence's article.
    """

    area_ids: tuple[str, ...]
    annotators: tuple[str, ...]
    articles: NDArray[np.int64]
    areas: Codes
    voice: Codes
    role: Codes


def coded(
    blind: Mapping[str, Sequence[Annotation]],
    sentences: Mapping[str, Sentence],
    areas: tuple[str, ...],
) -> Coded:
    """Code blind answers by sentence; every annotator has one answer to a sentence at most."""
    annotators = sorted({a.annotator for own in blind.values() for a in own})
    column = {name: i for i, name in enumerate(annotators)}
    shape = (len(blind), len(annotators))
    found = Coded(
        areas,
        tuple(annotators),
        np.unique([sentences[s].article_id for s in blind], return_inverse=True)[1],
        np.full((len(areas), *shape), -1, np.int8),
        np.full(shape, -1, np.int8),
        np.full(shape, -1, np.int8),
    )
    for row, own in enumerate(blind.values()):
        for a in own:
            at = (row, column[a.annotator])
            found.areas[:, *at] = [ANSWERS.index(a.areas.get(x, NOT_ADDRESSED)) for x in areas]
            found.voice[at] = VOICES.index(a.voice) if a.voice else -1
            found.role[at] = ROLES.index(a.role)
    return found


def questions(given: Coded) -> dict[str, Question]:
    """Every area (four answers), all of them, stance, voice and role.

    A unit of "all areas" is a sentence and an area. Stance is that of the annotators who found
    the area addressed, as voice is that of those who found any addressed: it is agreed on or not
    where two of them did.
    """
    areas = zip(given.area_ids, given.areas, strict=True)
    asked = {area: Question(ANSWERS, codes, given.articles) for area, codes in areas}
    every = np.concatenate(given.areas)
    articles = np.tile(given.articles, len(given.area_ids))
    stance = np.where(every < len(STANCES), every, -1).astype(np.int8)
    asked[ALL_AREAS] = Question(ANSWERS, every, articles)
    asked[STANCE] = Question(STANCES, stance, articles)
    asked[VOICE] = Question(VOICES, given.voice, given.articles)
    asked[ROLE] = Question(ROLES, given.role, given.articles)
    return asked
