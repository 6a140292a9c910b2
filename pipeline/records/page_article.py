"""What the template of an article's page receives."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.records.annotation import Annotation
from pipeline.records.article import Markup
from pipeline.records.labels import ANSWERS
from pipeline.records.page import Data, Frame, ScopeTable
from pipeline.records.page_text import Argument, Badge, MarkedSentence, PageBlock
from pipeline.records.taxonomy import PolicyArea


@dataclass(frozen=True)
class Known:
    """What is known of sentences beside the predictions, by sentence id.

    `annotations` are annotators' answers, `tasks` the http(s) addresses where they are corrected.
    """

    annotations: Mapping[str, tuple[Annotation, ...]] = field(default_factory=dict)
    tasks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ArticlePage:
    """One article: its text with the marks, and the tables that count them.

    `single` is where the self-contained file of this page is, "" when there is none.
    """

    frame: Frame
    title: str
    source: str
    source_href: str
    author: str
    date: str
    file: str
    markup: Markup
    models: tuple[str, ...]
    areas: tuple[PolicyArea, ...]
    tables: tuple[ScopeTable, ...]
    blocks: tuple[PageBlock, ...]
    boilerplate: tuple[PageBlock, ...]
    arguments: tuple[Argument, ...]
    known: Known
    single: str = ""

    @property
    def sentences(self) -> tuple[MarkedSentence, ...]:
        """The sentences in reading order."""
        return tuple(
            piece
            for block in self.blocks
            for piece in block.pieces
            if isinstance(piece, MarkedSentence)
        )

    @property
    def addressed(self) -> int:
        """How many sentences address a policy area."""
        return sum(bool(sentence.badges) for sentence in self.sentences)

    @property
    def data(self) -> Data:
        """What the page's script knows of each sentence, in reading order."""
        return {
            "answers": ANSWERS,
            "sentences": [self._of(sentence) for sentence in self.sentences],
            "arguments": [[a.claim, *a.premises] for a in self.arguments],
        }

    def _of(self, sentence: MarkedSentence) -> Data:
        prediction = sentence.prediction
        found: Data = {
            "id": prediction.sentence_id,
            "voice": [prediction.voice, prediction.voice_p],
            "role": [prediction.role, prediction.role_p],
            "areas": [_answer(badge) for badge in sentence.badges],
        }
        if prediction.text != sentence.text:
            found["text"] = prediction.text
        if answers := self.known.annotations.get(prediction.sentence_id):
            found["people"] = [_person(answer) for answer in answers]
        if address := self.known.tasks.get(prediction.sentence_id):
            found["task"] = address
        return found


def _answer(badge: Badge) -> Data:
    answer = badge.answer
    return {
        "area": badge.area.id,
        "stance": answer.stance,
        "p": [answer.p.get(name, 0.0) for name in ANSWERS],
        "words": [[w.start, w.end, w.drop] for w in answer.words],
    }


def _person(answer: Annotation) -> Data:
    return {
        "name": answer.annotator,
        "kind": answer.provenance,
        "areas": answer.areas,
        "voice": answer.voice,
        "role": answer.role,
        "unsure": answer.unsure,
    }
