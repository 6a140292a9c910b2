"""The published classifier: the network and the n-grams, pooled."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError

from pipeline.classifiers.base import InContext
from pipeline.classifiers.batches import Encoded
from pipeline.classifiers.bert import Bert
from pipeline.classifiers.tfidf import Tfidf
from pipeline.errors import InputError
from pipeline.records.scores import Floats, Scores
from pipeline.records.taxonomy import PolicyArea, Taxonomy

SHARE = "blend.json"
LEAST = 1e-6  # probabilities below this are taken for it


@dataclass(frozen=True)
class Blend:
    """`bert` reads the sentence in its context, `words` counts its n-grams; they err apart.

    `share` (0..1) is how much the n-grams count.
    """

    bert: Bert
    words: Tfidf
    share: float
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
        words = self.words.score_texts([row.seen for row in rows])
        return pooled(self.bert.score_rows(rows), words, self.share)

    def add_areas(self, areas: Sequence[PolicyArea], encoder: Path) -> None:
        """Answer for more policy areas, which only the network can: see Bert.add_areas."""
        self.bert.add_areas(areas, encoder)

    def save(self, folder: Path) -> None:
        """Write both, and the share."""
        self.bert.save(folder)
        self.words.save(folder)
        (folder / SHARE).write_text(json.dumps({"share": self.share}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Blend":
        """Read what `save` wrote. Raises InputError when the folder is not a whole one."""
        bert = Bert.load(folder)
        try:
            share = json.loads((folder / SHARE).read_text(encoding="utf-8"))["share"]
            return cls(bert, Tfidf.load(folder), share)
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise InputError(
                f"no trained model in {folder} ({error}); make one with 'make run'"
            ) from error


def pooled(network: Scores, words: Scores, share: float) -> Scores:
    """The weighted geometric mean of both (logarithmic pool: Genest & Zidek, 1986).

    Areas that `words` does not know, the last ones, are the network's alone.
    """
    known = words.areas.shape[1]
    areas = network.areas.copy()
    areas[:, :known] = pool(network.areas[:, :known], words.areas, share)
    return Scores(
        areas,
        pool(network.voice, words.voice, share),
        pool(network.role, words.role, share),
    )


def pool(one: Floats, other: Floats, share: float) -> Floats:
    """Probabilities [..., k] of both, `other` weighing `share`."""
    logs = (1 - share) * np.log(np.maximum(one, LEAST)) + share * np.log(np.maximum(other, LEAST))
    both = np.exp(logs)
    found: Floats = (both / both.sum(axis=-1, keepdims=True)).astype(np.float32)
    return found
