"""The network: one pass over a sentence, policy areas as queries over its tokens."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.records.labels import ANSWERS, ROLES, STANCES, VOICES

EXTRA = 2  # learned queries beside the areas: voice and role


class OnePass(nn.Module):
    """Encoder, then attention from area queries (made of area texts) to the sentence's tokens.

    Cost does not grow with the number of areas, and an area needs only its text. E5 vectors of
    different texts lie close together (mean cosine 0.83), so area vectors are centred and
    layer-normed before they become queries; without that nothing is learnt. Each area known in
    training adds a learned offset to its query, zero at first.
    """

    encoder: Any
    area_vectors: Tensor
    centre: Tensor

    def __init__(self, encoder: nn.Module, areas: int, heads: int, dropout: float) -> None:
        super().__init__()
        config: Any = encoder.config
        hidden = config.hidden_size
        self.encoder = encoder
        self.register_buffer("area_vectors", torch.zeros(areas, hidden))
        self.register_buffer("centre", torch.zeros(hidden))
        self.area_norm = nn.LayerNorm(hidden)
        self.area_query = nn.Linear(hidden, hidden)
        self.area_offset = nn.Parameter(torch.zeros(areas, hidden))
        self.extra_query = nn.Parameter(torch.randn(EXTRA, hidden) * 0.02)
        self.attention = nn.MultiheadAttention(hidden, heads, dropout, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.found_norm = nn.LayerNorm(hidden)
        self.whole_norm = nn.LayerNorm(hidden)
        self.mix = nn.Linear(5 * hidden, hidden)
        self.addressed = nn.Linear(hidden, 1)
        self.stance = nn.Linear(hidden, len(STANCES))
        self.voice = nn.Linear(hidden, len(VOICES))
        self.role = nn.Linear(hidden, len(ROLES))

    def set_areas(self, vectors: Tensor) -> None:
        """Take the encoded area texts [A, H]; their mean becomes the centre."""
        self.area_vectors.copy_(vectors)
        self.centre.copy_(vectors.mean(dim=0))

    def add_areas(self, vectors: Tensor) -> None:
        """Ask for more areas [N, H], known by their texts alone: the mean offset is theirs."""
        mean = self.area_offset.detach().mean(dim=0).expand_as(vectors)
        self.area_offset = nn.Parameter(torch.cat([self.area_offset.detach(), mean]))
        self.area_vectors = torch.cat([self.area_vectors, vectors])

    def forward(self, ids: Tensor, mask: Tensor, sentence: Tensor) -> dict[str, Tensor]:
        """Logits for a batch: token `ids`, attention `mask`, and `sentence` mask, all [B, T].

        Returns "addressed" [B, A], "stance" [B, A, 3], "voice" [B, 2], "role" [B, 3].
        """
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        areas = self.area_query(self.area_norm(self.area_vectors - self.centre)) + self.area_offset
        queries = torch.cat([areas, self.extra_query]).expand(len(ids), -1, -1)
        found, _ = self.attention(
            queries, states, states, key_padding_mask=~sentence, need_weights=False
        )
        found = self.found_norm(found)
        pooled = (states * sentence.unsqueeze(-1)).sum(1) / sentence.sum(1, keepdim=True)
        whole = self.whole_norm(pooled).unsqueeze(1).expand_as(found)
        parts = [found, whole, queries, found * queries, whole * queries]
        mixed = self.dropout(functional.gelu(self.mix(torch.cat(parts, dim=-1))))
        of_areas, of_voice, of_role = mixed[:, :-EXTRA], mixed[:, -2], mixed[:, -1]
        return {
            "addressed": self.addressed(of_areas).squeeze(-1),
            "stance": self.stance(of_areas),
            "voice": self.voice(of_voice),
            "role": self.role(of_role),
        }


def loss(logits: dict[str, Tensor], gold: dict[str, Tensor], weights: dict[str, float]) -> Tensor:
    """Sum of the four questions' losses, each weighted.

    Stance counts only where the area is addressed, voice only where it is labelled (not -1).
    `weights` has "addressed", "stance", "voice", "role" and "positive" (how much more an
    addressed pair counts, because most pairs are not addressed).
    """
    missing = len(ANSWERS) - 1
    is_addressed = gold["areas"] != missing
    total = (
        weights["addressed"]
        * functional.binary_cross_entropy_with_logits(
            logits["addressed"],
            is_addressed.float(),
            pos_weight=torch.tensor(weights["positive"], device=is_addressed.device),
        )
        * logits["addressed"].shape[1]
    )
    total = total + weights["role"] * functional.cross_entropy(logits["role"], gold["role"])
    if is_addressed.any():
        total = total + weights["stance"] * functional.cross_entropy(
            logits["stance"][is_addressed], gold["areas"][is_addressed], label_smoothing=0.05
        )
    if (gold["voice"] >= 0).any():
        total = total + weights["voice"] * functional.cross_entropy(
            logits["voice"], gold["voice"], ignore_index=-1
        )
    return total


def probabilities(logits: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """(areas [B, A, 4] in the order of ANSWERS, voice [B, 2], role [B, 3])."""
    addressed = logits["addressed"].float().sigmoid().unsqueeze(-1)
    stances = logits["stance"].float().softmax(-1) * addressed
    areas = torch.cat([stances, 1 - addressed], dim=-1)
    return areas, logits["voice"].float().softmax(-1), logits["role"].float().softmax(-1)
