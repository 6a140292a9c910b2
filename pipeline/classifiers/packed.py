"""The pair encoder, packed: a text once, all its targets behind it, each blind to the others.

A plain pair encoder reads the text again for every target. Here the targets of a text share one
reading of it: a target's tokens see the text and each other, in every layer, the text's tokens
see the text alone. A target's answer does not hang on which other targets stand beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

HIDDEN = -1e9  # added to the attention score of a token that is not to be seen


@dataclass(frozen=True)
class Packed:
    """Token ids of a text, and those of each target, which begin with a separator."""

    text: list[int]
    targets: list[list[int]]

    @property
    def length(self) -> int:
        """All tokens."""
        return len(self.text) + sum(map(len, self.targets))


def pack(
    tokenizer: Any,
    texts: Sequence[str],
    targets: Sequence[Sequence[str]],
    text_tokens: int,
    target_tokens: int,
) -> list[Packed]:
    """Tokenise texts and the targets of each, cut to so many tokens."""
    if not texts:
        return []
    rows = tokenizer(list(texts), truncation=True, max_length=text_tokens)["input_ids"]
    flat = sorted({target for some in targets for target in some})
    ids = tokenizer(flat, truncation=True, max_length=target_tokens)["input_ids"]
    separator = tokenizer.sep_token_id
    of = {target: [separator, *row[1:]] for target, row in zip(flat, ids, strict=True)}
    return [Packed(row, [of[t] for t in some]) for row, some in zip(rows, targets, strict=True)]


def pad_packed(rows: Sequence[Packed], pad_id: int) -> dict[str, Tensor]:
    """One batch: `ids`, `positions`, `part` [B, T] (-1 padding, 0 text, k its k-th target).

    `starts` [N, 2] are batch row and first token of every target, in order. Each target's
    positions go on from the text's, as if it stood alone behind it.
    """
    length = max(row.length for row in rows)
    ids = torch.full((len(rows), length), pad_id)
    positions = torch.zeros(len(rows), length, dtype=torch.long)
    part = torch.full((len(rows), length), -1)
    starts = []
    for i, row in enumerate(rows):
        size = len(row.text)
        ids[i, :size], part[i, :size] = torch.tensor(row.text), 0
        positions[i, :size] = torch.arange(size)
        at = size
        for k, target in enumerate(row.targets, 1):
            end = at + len(target)
            ids[i, at:end], part[i, at:end] = torch.tensor(target), k
            positions[i, at:end] = torch.arange(size, size + len(target))
            starts.append((i, at))
            at = end
    found = torch.tensor(starts, dtype=torch.long).reshape(-1, 2)
    return {"ids": ids, "positions": positions, "part": part, "starts": found}


class PackedEncoder(nn.Module):
    """Encoder with a classifier over each target: its first token, its mean, the text's mean."""

    encoder: Any

    def __init__(self, encoder: nn.Module, classes: int, dropout: float) -> None:
        super().__init__()
        config: Any = encoder.config
        hidden = config.hidden_size
        self.encoder = encoder
        self.mix = nn.Linear(3 * hidden, hidden)
        self.dropout = nn.Dropout(dropout)
        self.answer = nn.Linear(hidden, classes)

    def forward(self, ids: Tensor, positions: Tensor, part: Tensor, starts: Tensor) -> Tensor:
        """Logits [N, classes] of the N targets of a batch, see pad_packed."""
        states = self.encoder.embeddings(input_ids=ids, position_ids=positions)
        mask = _mask(part).to(states.dtype)
        for layer in self.encoder.encoder.layer:
            states = layer(states, mask)
        row, at = starts.unbind(1)
        of_target = part[row] == part[row, at].unsqueeze(1)
        means = [_mean(states[row], of_target), _mean(states, part == 0)[row]]
        mixed = self.mix(torch.cat([states[row, at], *means], dim=-1))
        logits: Tensor = self.answer(self.dropout(nn.functional.gelu(mixed)))
        return logits


def _mask(part: Tensor) -> Tensor:
    """What each token may not see, [B, 1, T, T]: added to attention scores."""
    query, key = part.unsqueeze(2), part.unsqueeze(1)
    seen = (query == key) | ((query > 0) & (key == 0))
    return (~seen * HIDDEN).unsqueeze(1)


def _mean(states: Tensor, where: Tensor) -> Tensor:
    weight = where.unsqueeze(-1).to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1)
