"""Predicted sentences as arrays, cut into the units that summaries speak of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.records.article import Origin
from pipeline.records.held_out import HeldOut
from pipeline.records.labels import STANCES
from pipeline.records.prediction import Prediction
from pipeline.records.summary import Unit, VoiceScope
from pipeline.stats.answers import Answers, Ints, coded
from pipeline.stats.estimators.cell import Cell, Floats
from pipeline.stats.scores import MISSING


@dataclass(frozen=True)
class Corpus:
    """n predicted sentences: `given` and, where `chance` [n] is not 0, `gold`: sampling_p, or 1
    for a label that stands for itself alone.

    `p` [n, A, 3] are the probabilities of stances toward addressed areas, `voice_p` [n] that of
    the given voice.
    `article` and `story` [n] number what they stand in.
    """

    sentence_ids: tuple[str, ...]
    article: Ints
    story: Ints
    given: Answers
    p: NDArray[np.float32]
    voice_p: NDArray[np.float32]
    gold: Answers
    chance: Floats

    def probable(self, scope: VoiceScope) -> NDArray[np.float32]:
        """Probabilities [n, A, 3] of the stances that one voice is said to take, 0 elsewhere."""
        if scope == "all":
            return self.p
        of_scope = (self.given.seen(scope) != MISSING)[..., None]
        return np.asarray(of_scope * self.p * self.voice_p[:, None, None], dtype=np.float32)

    def seen(self, scope: VoiceScope) -> tuple[Ints, Ints]:
        """Given and gold answers [n, A] of one voice; gold is -1 where no label was drawn."""
        drawn = self.chance[:, None] > 0
        return self.given.seen(scope), np.where(drawn, self.gold.seen(scope), -1)


@dataclass(frozen=True)
class Group:
    """One unit in one period ("": all time): the numbers `at` of its sentences in the corpus."""

    unit: Unit
    key: str
    period: str
    at: Ints
    weight: Floats
    cluster: Ints
    articles: int
    stories: int

    def cell(
        self,
        area: str,
        scope: VoiceScope,
        given: Ints,
        p: NDArray[np.float32],
        gold: Ints,
        chance: Floats,
    ) -> Cell:
        """Its sentences for one area and voice, from arrays [n] over the whole corpus."""
        name = "\n".join((self.unit, self.key, self.period, area, scope))
        at = self.at
        own = given[at], np.asarray(p[at], np.float64), gold[at], chance[at]
        return Cell(name, self.unit, area, *own, self.weight, self.cluster)


def gather(
    predictions: Sequence[Prediction],
    labels: Sequence[HeldOut],
    origins: Mapping[str, Origin],
    areas: Sequence[str],
) -> Corpus:
    """Lay predictions side by side, with their labels.

    Draws are made from what is not labelled yet: in a source that has any, the labels of its latest
    draw stand for the rest and all others for themselves (chance 1); in sources without a draw
    labels say nothing of the rest, and are left out.
    """
    latest = latest_draws(labels)
    usable = {label.sentence_id: label for label in labels if label.source in latest}
    labels_of = [usable.get(p.sentence_id) for p in predictions]
    articles = [p.article_id for p in predictions]
    return Corpus(
        tuple(p.sentence_id for p in predictions),
        _numbered(articles),
        _numbered([origins[article].story for article in articles]),
        coded(
            [{a.area: a.stance for a in p.areas} for p in predictions],
            [p.voice for p in predictions],
            areas,
        ),
        _probabilities(predictions, areas),
        np.array([p.voice_p for p in predictions], np.float32),
        coded(
            [label.gold if label else {} for label in labels_of],
            [label.gold_voice if label else None for label in labels_of],
            areas,
        ),
        np.array([_chance(label, latest) if label else 0.0 for label in labels_of]),
    )


def _probabilities(predictions: Sequence[Prediction], areas: Sequence[str]) -> NDArray[np.float32]:
    column = {area: i for i, area in enumerate(areas)}
    found = np.zeros((len(predictions), len(areas), len(STANCES)), np.float32)
    for row, prediction in enumerate(predictions):
        for answer in prediction.areas:
            found[row, column[answer.area]] = [answer.p.get(stance, 0.0) for stance in STANCES]
    return found


def latest_draws(labels: Iterable[HeldOut]) -> dict[str, float]:
    """The probability of each source's latest random draw; sources without one are left out.

    Draws are told apart by their probability, and ordered by when they were first answered.
    """
    began: dict[tuple[str, float], str] = {}
    for label in labels:
        if label.sampling_p:
            draw = label.source, label.sampling_p
            began[draw] = min(began.get(draw, label.drawn_at), label.drawn_at)
    return dict(sorted(began, key=lambda draw: (began[draw], draw)))


def _chance(label: HeldOut, latest: Mapping[str, float]) -> float:
    return label.sampling_p if label.sampling_p == latest[label.source] else 1.0


def groups(
    corpus: Corpus, predictions: Sequence[Prediction], origins: Mapping[str, Origin]
) -> list[Group]:
    """Sources, each followed by its months, then articles; undated articles are in no month."""
    members: dict[tuple[bool, str, str], list[int]] = {}
    for number, prediction in enumerate(predictions):
        origin = origins[prediction.article_id]
        keys = {(False, origin.source, ""), (True, prediction.article_id, "")}
        if origin.month:
            keys.add((False, origin.source, origin.month))
        for key in keys:
            members.setdefault(key, []).append(number)
    return [
        _group("article" if alone else "source", key, period, np.array(at), corpus)
        for (alone, key, period), at in sorted(members.items())
    ]


def _group(unit: Unit, key: str, period: str, at: Ints, corpus: Corpus) -> Group:
    """Reprints of a story share its weight; in an article every sentence stands for itself."""
    stories, story = np.unique(corpus.story[at], return_inverse=True)
    articles, first = np.unique(corpus.article[at], return_index=True)
    copies = np.bincount(story[first], minlength=len(stories))
    cluster = story if unit == "source" else np.arange(len(at))
    return Group(unit, key, period, at, 1 / copies[story], cluster, len(articles), len(stories))


def _numbered(names: Sequence[str]) -> Ints:
    number = {name: i for i, name in enumerate(dict.fromkeys(names))}
    return np.array([number[name] for name in names], dtype=np.int64)
