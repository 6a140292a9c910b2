"""The published classifier: the network and the n-grams, pooled."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from safetensors import SafetensorError

from pipeline.classifiers.base import InContext
from pipeline.classifiers.batches import Encoded
from pipeline.classifiers.bert import Bert
from pipeline.classifiers.keywords import stands
from pipeline.classifiers.tfidf import Tfidf
from pipeline.config import STRICT, build
from pipeline.errors import InputError
from pipeline.records.scores import Floats, Scores
from pipeline.records.taxonomy import PolicyArea, Taxonomy
from pipeline.stats.scores import MISSING

SHARES = "blend.json"
LEAST = 1e-6  # probabilities below this are taken for it
KEYWORD = 0.66, 0.045
"""How often an area of the sample taxonomy is addressed where one of its keywords stands, and where
none does: the mean of twelve areas over all annotated sentences."""


@dataclass(frozen=True)
class Shares:
    """How much the n-grams count (0..1) in each question."""

    __pydantic_config__ = STRICT

    addressed: float
    stance: float
    voice: float
    role: float


@dataclass(frozen=True)
class Blend:
    """`bert` reads the sentence in its context, `words` counts its n-grams; they err apart."""

    bert: Bert
    words: Tfidf
    shares: Shares
    name: str = "blend"

    @property
    def taxonomy(self) -> Taxonomy:
        """The policy areas that it answers for."""
        return self.bert.taxonomy

    @property
    def version(self) -> str:
        """The model's name."""
        return self.bert.version

    def encode(self, sentences: Sequence[InContext]) -> list[Encoded]:
        """Each sentence in its context, as it is read."""
        return self.bert.encode(sentences)

    def score(self, sentences: Sequence[InContext]) -> Scores:
        """Probabilities for each sentence, in the given order."""
        return self.score_rows(self.encode(sentences))

    def score_rows(self, rows: Sequence[Encoded]) -> Scores:
        """Probabilities for sentences that `encode` gave, perhaps with words hidden."""
        texts = [row.seen for row in rows]
        words = self.words.score_texts(texts)
        found = pooled(self.bert.score_rows(rows), words, self.shares)
        new = range(words.areas.shape[1], len(self.taxonomy.areas))
        return with_new(found, texts, self.taxonomy.areas, new)

    def add_areas(self, areas: Sequence[PolicyArea], encoder: Path) -> None:
        """Answer for more policy areas: keywords find them, the network says the stance."""
        self.bert.add_areas(areas, encoder)

    def save(self, folder: Path) -> None:
        """Write both, and the shares."""
        self.bert.save(folder)
        self.words.save(folder)
        (folder / SHARES).write_text(json.dumps(asdict(self.shares)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Blend":
        """Read what `save` wrote. Raises InputError when the folder is not a whole one."""
        bert = Bert.load(folder)
        try:
            shares = json.loads((folder / SHARES).read_text(encoding="utf-8"))
            return cls(bert, Tfidf.load(folder), build(Shares, shares, str(folder)))
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise InputError(
                f"no trained model in {folder} ({error}); make one with 'make run'"
            ) from error


def pooled(network: Scores, words: Scores, shares: Shares) -> Scores:
    """The weighted geometric mean of both (logarithmic pool: Genest & Zidek, 1986).

    Areas that `words` does not know, the last ones, are the network's alone.
    """
    known = words.areas.shape[1]
    areas = network.areas.copy()
    areas[:, :known] = _areas(network.areas[:, :known], words.areas, shares)
    return Scores(
        areas,
        pool(network.voice, words.voice, shares.voice),
        pool(network.role, words.role, shares.role),
    )


def with_new(
    scores: Scores, texts: Sequence[str], areas: Sequence[PolicyArea], new: Sequence[int]
) -> Scores:
    """Scores with the columns `new`, of areas that nothing was trained on, as they are published:
    addressed where a keyword stands, with the stance that the scores say.

    Left out of training, areas are found by keywords with an F1 of 0.53, by the network hardly at
    all, while it says seven stances in ten right (`lichang bench areas`).
    """
    columns = list(new)
    addressed = np.where(stands(texts, [areas[i] for i in columns]), *KEYWORD)[..., None]
    _, stances = _parts(scores.areas[:, columns])
    found = scores.areas.copy()
    found[:, columns] = np.concatenate([stances * addressed, 1 - addressed], axis=-1)
    return replace(scores, areas=found)


def _areas(network: Floats, words: Floats, shares: Shares) -> Floats:
    """Answers [n, A, 4]: whether an area is addressed and its stance are pooled apart."""
    (addressed, stance), (by_words, stance_by_words) = _parts(network), _parts(words)
    addressed = pool(addressed, by_words, shares.addressed)
    stance = pool(stance, stance_by_words, shares.stance)
    return np.concatenate([stance * addressed[..., :1], addressed[..., 1:]], axis=-1)


def _parts(areas: Floats) -> tuple[Floats, Floats]:
    """p(addressed) and p(not) [n, A, 2], and the stances where it is [n, A, 3]."""
    missing = areas[..., MISSING:]
    stances = areas[..., :MISSING] / np.maximum(1 - missing, LEAST)
    return np.concatenate([1 - missing, missing], axis=-1), stances


def pool(one: Floats, other: Floats, share: float) -> Floats:
    """Probabilities [..., k] of both, `other` weighing `share`."""
    logs = (1 - share) * np.log(np.maximum(one, LEAST)) + share * np.log(np.maximum(other, LEAST))
    both = np.exp(logs)
    found: Floats = (both / both.sum(axis=-1, keepdims=True)).astype(np.float32)
    return found
