"""In which arithmetic the network computes on the machine at hand."""

from contextlib import AbstractContextManager
from typing import Any, Literal

import torch

Arithmetic = Literal["auto", "bf16", "fp32"]
"""auto takes bf16 where the processor multiplies it natively, and fp32 elsewhere."""


def device() -> torch.device:
    """The graphics card where there is one, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def is_bf16(wanted: Arithmetic, on: torch.device) -> bool:
    """Whether `wanted` means bf16 on a device."""
    if wanted != "auto":
        return wanted == "bf16"
    if on.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    names = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    return any(bool(getattr(torch.cpu, name, bool)()) for name in names)


def autocast(wanted: Arithmetic, on: torch.device) -> AbstractContextManager[Any]:
    """The context in which a network trains: products in bf16 where `is_bf16`, sums in fp32."""
    return torch.autocast(on.type, torch.bfloat16, enabled=is_bf16(wanted, on))
