"""Sentences to padded token batches of like length."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from pipeline.classifiers.base import InContext


@dataclass(frozen=True)
class Encoded:
    """Token ids of one sentence in its context; the first `sentence` tokens are the sentence."""

    ids: list[int]
    sentence: int


def encode(
    tokenizer: Any, sentences: Sequence[InContext], max_tokens: int, before: int, after: int
) -> list[Encoded]:
    """Tokenise `<s> sentence </s></s> context </s>`, cut to `max_tokens`.

    `before` and `after` are how many characters of the neighbouring sentences are read.
    """
    if not sentences:
        return []
    contexts = [_context(s, before, after) for s in sentences]
    texts = [s.text for s in sentences]
    batch = tokenizer(texts, contexts, truncation="longest_first", max_length=max_tokens)
    return [
        Encoded(ids, sum(1 for part in batch.sequence_ids(i) if part == 0) + 1)
        for i, ids in enumerate(batch["input_ids"])
    ]


def _context(sentence: InContext, before: int, after: int) -> str:
    head = sentence.before[-before:] if before else ""
    return f"{head} | {sentence.after[:after]}"


def pad(rows: Sequence[Encoded], pad_id: int) -> dict[str, Tensor]:
    """One batch: `ids`, attention `mask` and `sentence` mask, each [B, T]."""
    length = max(len(row.ids) for row in rows)
    ids = torch.full((len(rows), length), pad_id)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = torch.tensor(row.ids)
    position = torch.arange(length)
    lengths = torch.tensor([len(row.ids) for row in rows])
    sentence = torch.tensor([row.sentence for row in rows])
    return {
        "ids": ids,
        "mask": (position < lengths[:, None]).long(),
        "sentence": position < sentence[:, None],
    }


def by_length(rows: Sequence[Encoded], size: int) -> Iterator[list[int]]:
    """Row numbers in batches, longest first, so that little is padded."""
    order = sorted(range(len(rows)), key=lambda i: -len(rows[i].ids))
    for start in range(0, len(order), size):
        yield order[start : start + size]


def shuffled_by_length(rows: Sequence[Encoded], size: int, rng: random.Random) -> list[list[int]]:
    """Batches of like length in random order; rows of near lengths change places each time."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids) + rng.uniform(-8, 8))
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    rng.shuffle(batches)
    return batches
