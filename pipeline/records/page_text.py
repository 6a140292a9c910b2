"""An article's own words on a page, with the classifier's answers beside them."""

from dataclasses import dataclass
from typing import Literal

from pipeline.records.labels import BlockKind, Role, Stance, Voice
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.taxonomy import PolicyArea

PUNCTUATION = " ，。；：、！？…—“”‘’「」『』（）《》"

Tone = Literal["supportive", "critical", "neutral", "mixed", "plain"]


@dataclass(frozen=True, slots=True)
class Badge:
    """The answer for one sentence and one area that it addresses."""

    area: PolicyArea
    answer: AreaAnswer

    @property
    def stance(self) -> Stance:
        """The stance toward the area."""
        return self.answer.stance

    @property
    def p(self) -> float:
        """The probability of that stance."""
        return self.answer.p[self.answer.stance]

    @property
    def words(self) -> tuple[str, ...]:
        """The words that carried it, the strongest first, without punctuation around them."""
        found = (words.text.strip(PUNCTUATION) for words in self.answer.words)
        return tuple(text for text in found if text)


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence in the words of the raw file, with what the classifier answered about it."""

    anchor: str
    text: str
    badges: tuple[Badge, ...]
    prediction: Prediction

    @property
    def voice(self) -> Voice:
        """Who speaks."""
        return self.prediction.voice

    @property
    def role(self) -> Role:
        """What the sentence does in the argument."""
        return self.prediction.role

    @property
    def tone(self) -> Tone:
        """The one stance of its badges, "mixed" where they differ, "plain" without any."""
        stances = {badge.stance for badge in self.badges}
        if len(stances) > 1:
            return "mixed"
        return stances.pop() if stances else "plain"


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A paragraph or heading: unmarked text and marked sentences in their order."""

    kind: BlockKind
    rule: str
    pieces: tuple[str | MarkedSentence, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """A claim and the premises around it, as positions among the article's sentences."""

    claim: int
    premises: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A sentence away from its article, with the link back.

    `speaker` is who is quoted in it, "" where the rule of pipeline/pages/speakers.py finds nobody.
    """

    sentence: MarkedSentence
    source: str
    article: str
    title: str
    date: str
    href: str
    speaker: str = ""
