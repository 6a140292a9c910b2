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

    `areas` [areas, sentences, annotators] into ANSWERS in the order of the areas, `voice`
    and `role` [sentences, annotators].
    """

    annotators: tuple[str, ...]
    areas: Codes
    voice: Codes
    role: Codes


def coded(blind: Mapping[str, Sequence[Annotation]], areas: Sequence[str]) -> Coded:
    """Code blind answers by sentence; every annotator has one answer to a sentence at most."""
    annotators = sorted({a.annotator for own in blind.values() for a in own})
    column = {name: i for i, name in enumerate(annotators)}
    shape = (len(blind), len(annotators))
    found = Coded(
        tuple(annotators),
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


def asked(
    blind: Mapping[str, Sequence[Annotation]],
    sentences: Mapping[str, Sentence],
    areas: Sequence[str],
) -> tuple[dict[str, Question], tuple[str, ...]]:
    """Every question that annotators were asked, and who they are.

    The questions are every area (four answers), all of them, stance, voice and role. A unit of
    "all areas" is a sentence and an area. Stance is that of the annotators who found the area
    addressed, as voice is that of those who found any addressed: it is agreed on or not where two
    of them did.
    """
    given = coded(blind, areas)
    articles = [sentences[sentence_id].article_id for sentence_id in blind]
    number = np.unique(articles, return_inverse=True)[1]
    return _questions(given, areas, number), given.annotators


def _questions(
    given: Coded, areas: Sequence[str], articles: NDArray[np.int64]
) -> dict[str, Question]:
    columns = zip(areas, given.areas, strict=True)
    found = {area: Question(ANSWERS, codes, articles) for area, codes in columns}
    every = np.concatenate(given.areas)
    each = np.tile(articles, len(areas))
    stance = np.where(every < len(STANCES), every, -1).astype(np.int8)
    found[ALL_AREAS] = Question(ANSWERS, every, each)
    found[STANCE] = Question(STANCES, stance, each)
    found[VOICE] = Question(VOICES, given.voice, articles)
    found[ROLE] = Question(ROLES, given.role, articles)
    return found
