"""Attention whose weights stay in the arithmetic of the products.

Under autocast the encoder's own attention turns its scores [B, heads, T, T] to fp32 and back: on a
processor that costs a tenth of a training's time and a tenth of its memory.
"""

from typing import Any

import torch
from torch import Tensor, nn
from transformers import AttentionInterface
from transformers.masking_utils import AttentionMaskInterface, eager_mask

LEAN = "lichang_lean"


def lean(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    scaling: float = 1.0,
    dropout: float = 0.0,
    **_: Any,
) -> tuple[Tensor, Tensor]:
    """Scaled dot-product attention of [B, heads, T, width]; out [B, T, heads, width], weights."""
    with torch.autocast(query.device.type, enabled=False):
        scores = torch.matmul(query * scaling, key.transpose(2, 3))
        if attention_mask is not None:
            scores = scores + attention_mask.to(scores.dtype)
        weights = torch.softmax(scores, dim=-1)
        weights = nn.functional.dropout(weights, p=dropout, training=module.training)
        out = torch.matmul(weights, value)
    return out.transpose(1, 2).contiguous(), weights


AttentionInterface.register(LEAN, lean)
AttentionMaskInterface.register(LEAN, eager_mask)  # without it no padding is hidden
