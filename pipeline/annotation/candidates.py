"""What may be annotated next, what is known by now, and what a way of choosing is."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.records.article import Article
from pipeline.records.drawn import Drawn
from pipeline.records.example import LabelledExample
from pipeline.records.prediction import Prediction
from pipeline.records.sentence import Sentence
from pipeline.records.taxonomy import Taxonomy


@dataclass(frozen=True)
class Candidate:
    """A body sentence of an outlet; `held_out`: neither it nor its reprints are trained on."""

    sentence: Sentence
    title: str
    source: str
    held_out: bool

    @property
    def id(self) -> str:
        """The sentence's id."""
        return self.sentence.sentence_id


@dataclass(frozen=True)
class Frame:
    """All sentences of a project, with the ids of those that are spoken for.

    `used` were annotated, or drawn into a batch; `testing` were drawn to test, None before that
    draw.
    """

    everything: Sequence[Candidate]
    used: frozenset[str]
    testing: frozenset[str] | None

    def open(self, again: bool = False) -> list[Candidate]:
        """What may be drawn; with `again` the used sentences as well, never those that test."""
        closed = (self.testing or frozenset()) | (frozenset() if again else self.used)
        return [c for c in self.everything if c.id not in closed]

    def known(self) -> Counter[str]:
        """How many sentences of each source are spoken for."""
        closed = self.used | (self.testing or frozenset())
        return Counter(c.source for c in self.everything if c.id in closed)


@dataclass(frozen=True)
class Pick:
    """A choice and its reason; `p` is its probability within the source, where it was drawn."""

    candidate: Candidate
    reason: str
    p: float | None = None


@dataclass(frozen=True)
class Evidence:
    """What strategies go by: the model's answers by sentence id, labels that are trained on.

    `known` are the texts that were annotated or drawn before.
    """

    predictions: Mapping[str, Prediction]
    labelled: Sequence[LabelledExample]
    known: Sequence[str]
    taxonomy: Taxonomy
    seed: int


class Strategy(Protocol):
    """One way of choosing what is learnt from most; a function is enough."""

    def __call__(self, pool: Sequence[Candidate], evidence: Evidence, count: int) -> Sequence[Pick]:
        """At most `count` sentences of the pool, the best first; fewer where it finds no more."""


def candidates(
    sentences: Iterable[Sentence], articles: Iterable[Article], held_out: Collection[str]
) -> list[Candidate]:
    """Every body sentence with its article's title and outlet.

    `held_out` names outlets; as in `split`, a story is held out with all of its reprints.
    """
    of = {article.article_id: article for article in articles}
    stories = {article.story for article in of.values() if article.source in held_out}
    return [
        Candidate(
            s, of[s.article_id].title, of[s.article_id].source, of[s.article_id].story in stories
        )
        for s in sentences
    ]


def to_drawn(pick: Pick, taxonomy_version: str) -> Drawn:
    """The line of a batch that a choice becomes."""
    s = pick.candidate.sentence
    return Drawn(
        sentence_id=s.sentence_id,
        article_id=s.article_id,
        text=s.text,
        context=(s.before, s.after),
        title=pick.candidate.title,
        source=pick.candidate.source,
        sampling_p=pick.p,
        reason=pick.reason,
        taxonomy_version=taxonomy_version,
    )
