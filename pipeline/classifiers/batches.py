"""Sentences to padded token batches of like length."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from pipeline.classifiers.base import InContext


@dataclass(frozen=True)
class Encoded:
    """Token ids of one sentence in its context; the first `sentence` tokens are the sentence.

    `cut`: it was too long to be read to its end.
    """

    ids: list[int]
    sentence: int
    cut: bool = False


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
    rows = []
    for i, ids in enumerate(batch["input_ids"]):
        own = [at for at, part in enumerate(batch.sequence_ids(i)) if part == 0]
        end = batch.encodings[i].offsets[own[-1]][1] if own else 0
        rows.append(Encoded(ids, len(own) + 1, end < len(texts[i].rstrip())))
    return rows


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


def by_length(lengths: Sequence[int], tokens: int) -> list[list[int]]:
    """Row numbers in batches of like length, longest first, so that little is padded.

    A batch with its padding has at most `tokens` tokens, or one row.
    """
    return _filled(sorted(range(len(lengths)), key=lambda i: -lengths[i]), lengths, tokens)


def shuffled_by_length(lengths: Sequence[int], tokens: int, rng: random.Random) -> list[list[int]]:
    """Batches as in by_length in random order; rows of near lengths change places each time."""
    near = [length + rng.uniform(-8, 8) for length in lengths]
    batches = _filled(sorted(range(len(lengths)), key=lambda i: -near[i]), lengths, tokens)
    rng.shuffle(batches)
    return batches


def _filled(order: Sequence[int], lengths: Sequence[int], tokens: int) -> list[list[int]]:
    batches: list[list[int]] = []
    longest = 0
    for i in order:
        longest = max(longest, lengths[i])
        if not batches or longest * (len(batches[-1]) + 1) > tokens:
            batches.append([])
            longest = lengths[i]
        batches[-1].append(i)
    return batches
