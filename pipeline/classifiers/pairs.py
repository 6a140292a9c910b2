"""The pair encoder: text and target read together, token by token."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from pipeline.classifiers.batches import pad_ids


@dataclass(frozen=True)
class PairTokens:
    """Token ids of `<s> text </s></s> target </s>`; the target begins at `target`."""

    ids: list[int]
    target: int


def encode_pairs(
    tokenizer: Any,
    texts: Sequence[str],
    targets: Sequence[str],
    text_tokens: int,
    target_tokens: int,
) -> list[PairTokens]:
    """Tokenise pairs, text and target each cut to so many tokens."""
    if not texts:
        return []
    ends = tokenizer.sep_token_id
    firsts = tokenizer(list(texts), truncation=True, max_length=text_tokens)["input_ids"]
    seconds = tokenizer(list(targets), truncation=True, max_length=target_tokens)["input_ids"]
    return [
        PairTokens([*first, ends, *second[1:]], len(first) + 1)
        for first, second in zip(firsts, seconds, strict=True)
    ]


def pad_pairs(rows: Sequence[PairTokens], pad_id: int) -> dict[str, Tensor]:
    """One batch: `ids`, attention `mask` and `of_target`, each [B, T]."""
    ids, real = pad_ids([row.ids for row in rows], pad_id)
    start = torch.tensor([row.target for row in rows]).unsqueeze(1)
    of_target = real & (torch.arange(ids.shape[1]) >= start)
    return {"ids": ids, "mask": real.long(), "of_target": of_target}


class PairEncoder(nn.Module):
    """Encoder with a classifier over the first token, the text's mean and the target's mean."""

    encoder: Any

    def __init__(self, encoder: nn.Module, classes: int, dropout: float) -> None:
        super().__init__()
        config: Any = encoder.config
        hidden = config.hidden_size
        self.encoder = encoder
        self.mix = nn.Linear(3 * hidden, hidden)
        self.dropout = nn.Dropout(dropout)
        self.answer = nn.Linear(hidden, classes)

    def forward(self, ids: Tensor, mask: Tensor, of_target: Tensor) -> Tensor:
        """Logits [B, classes] of a batch, see pad_pairs."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        of_text = mask.bool() & ~of_target
        parts = [states[:, 0], mean_states(states, of_text), mean_states(states, of_target)]
        mixed = nn.functional.gelu(self.mix(torch.cat(parts, dim=-1)))
        logits: Tensor = self.answer(self.dropout(mixed))
        return logits


def mean_states(states: Tensor, where: Tensor) -> Tensor:
    """The mean [B, H] of token states [B, T, H] where a mask [B, T] is set."""
    weight = where.unsqueeze(-1).to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1)
