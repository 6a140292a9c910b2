"""A pretrained encoder's folder: its weights, its identity, and what it makes of area texts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import AutoModel

from pipeline.classifiers.attention import LEAN
from pipeline.errors import InputError
from pipeline.records.taxonomy import PolicyArea

CARD = "encoder.json"


def identity(folder: Path) -> str:
    """What tells one encoder from another: its card, which holds the hash of its weights.

    Raises InputError when there is none.
    """
    try:
        return (folder / CARD).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"no encoder in {folder} ({error}); make it with 'dvc repro encoder'"
        ) from error


def pretrained(folder: Path, dropout: float = 0.0) -> Any:
    """The encoder as it was pretrained, with so much dropout between its layers."""
    return AutoModel.from_pretrained(
        folder,
        attn_implementation=LEAN,
        add_pooling_layer=False,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=0.0,
    )


def area_vectors(encoder: Any, tokenizer: Any, areas: Sequence[PolicyArea]) -> Tensor:
    """The mean states of the areas' texts, [A, H]."""
    texts = [f"query: {area.description}" for area in areas]
    batch = tokenizer(texts, padding=True, return_tensors="pt").to(encoder.device)
    ids, mask = batch["input_ids"], batch["attention_mask"]
    encoder.eval()
    with torch.no_grad():
        states = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
    vectors: Tensor = (states * mask.unsqueeze(-1)).sum(1) / mask.unsqueeze(-1).sum(1)
    return vectors
