"""What a classifier answers for one sentence."""

from dataclasses import dataclass

from pipeline.records.labels import Role, Stance, Voice


@dataclass(frozen=True, slots=True)
class Words:
    """Words that carried an answer: characters `start` to `end` of the sentence's text.

    Without them the answer's probability is lower by `drop`.
    """

    text: str
    start: int
    end: int
    drop: float


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """The stance toward one addressed area; `p` maps the four answers to probabilities.

    `words` are those that carried a stance which is not neutral, where that was asked for.
    """

    area: str
    stance: Stance
    p: dict[str, float]
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Prediction:
    """One body sentence of one article; `areas` lists addressed areas only.

    `start`, `end`: character offsets in the raw file as decoded. `voice_p` and `role_p` are
    the probabilities of the given answers. `model` names the classifier and its version.
    """

    article_id: str
    sentence_id: str
    start: int
    end: int
    text: str
    role: Role
    role_p: float
    voice: Voice
    voice_p: float
    areas: tuple[AreaAnswer, ...]
    model: str
