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

    `offsets` [sentence, 2] are where in its `text` each of them stands (0, 0 for the first). `cut`:
    it was too long to be read to its end. Tokens from `hidden`[0] to `hidden`[1] are not seen.
    """

    ids: list[int]
    sentence: int
    text: str
    offsets: tuple[tuple[int, int], ...] = ()
    cut: bool = False
    hidden: tuple[int, int] = (0, 0)

    @property
    def seen(self) -> str:
        """The text without what is hidden."""
        start, end = self.hidden
        if start == end:
            return self.text
        return self.text[: self.offsets[start][0]] + self.text[self.offsets[end - 1][1] :]


def encode(
    tokenizer: Any, sentences: Sequence[InContext], max_tokens: int, before: int, after: int
) -> list[Encoded]:
    """Tokenise `<s> sentence </s></s> context </s>`, cut to `max_tokens`.

    `before` and `after` are how many characters of the neighbouring sentences are read.
    """
    if not sentences:
        return []
    contexts = [context(s, before, after) for s in sentences]
    texts = [s.text for s in sentences]
    batch = tokenizer(texts, contexts, truncation="longest_first", max_length=max_tokens)
    rows = []
    for i, ids in enumerate(batch["input_ids"]):
        own = [at for at, part in enumerate(batch.sequence_ids(i)) if part == 0]
        offsets = ((0, 0), *(batch.encodings[i].offsets[at] for at in own))
        cut = offsets[-1][1] < len(texts[i].rstrip())
        rows.append(Encoded(ids, len(own) + 1, texts[i], offsets, cut))
    return rows


def context(sentence: InContext, before: int, after: int) -> str:
    """So many characters of the sentence before and of the one after."""
    head = sentence.before[-before:] if before else ""
    return f"{head} | {sentence.after[:after]}"


def pad_ids(rows: Sequence[Sequence[int]], pad_id: int) -> tuple[Tensor, Tensor]:
    """Token ids filled up to the longest row, and where they are real, both [B, T]."""
    lengths = torch.tensor([len(row) for row in rows])
    ids = torch.full((len(rows), int(lengths.max())), pad_id)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
    return ids, torch.arange(ids.shape[1]) < lengths.unsqueeze(1)


def forget_words(ids: Tensor, share: float, tokenizer: Any) -> Tensor:
    """The ids with a random share of the words masked, so that none is learnt by heart."""
    if not share:
        return ids
    special = torch.isin(ids, torch.tensor(tokenizer.all_special_ids))
    masked = (torch.rand(ids.shape) < share) & ~special
    return torch.where(masked, tokenizer.mask_token_id, ids)


def pad(rows: Sequence[Encoded], pad_id: int) -> dict[str, Tensor]:
    """One batch: `ids`, attention `mask` and `sentence` mask, each [B, T]."""
    ids, real = pad_ids([row.ids for row in rows], pad_id)
    position = torch.arange(ids.shape[1])
    sentence = torch.tensor([row.sentence for row in rows]).unsqueeze(1)
    start, end = torch.tensor([row.hidden for row in rows]).unsqueeze(-1).unbind(1)
    seen = (position < start) | (position >= end)
    return {"ids": ids, "mask": (real & seen).long(), "sentence": (position < sentence) & seen}


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
