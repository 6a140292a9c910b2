"""In which arithmetic the network computes on the machine at hand."""

import os
from contextlib import AbstractContextManager
from typing import Any, Literal

import joblib
import torch

KEPT_SHAPES = "64"  # products of a step; every step brings new shapes, so more are of no use

Arithmetic = Literal["auto", "bf16", "fp32"]
"""auto is bf16 where the processor multiplies it natively, else fp32. No timing decides: on a
busy machine it comes out one way or the other, and answers would not be the same again."""


def device() -> torch.device:
    """The graphics card where there is one, else the processor, with no more threads than it has.

    A container may use fewer processors than it sees; more threads than that slow all down. oneDNN
    keeps the code that it makes for each new shape of a batch, and would keep a gigabyte of it.
    """
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", KEPT_SHAPES)
    torch.set_num_threads(min(torch.get_num_threads(), joblib.cpu_count()))
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
    """The context in which a network computes: products in bf16 where `is_bf16`, sums in fp32."""
    return torch.autocast(on.type, torch.bfloat16, enabled=is_bf16(wanted, on))
