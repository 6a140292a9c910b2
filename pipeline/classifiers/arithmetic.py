"""In which arithmetic the network computes on the machine at hand."""

import time
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, Literal

import joblib
import torch

Arithmetic = Literal["auto", "bf16", "fp32"]
"""auto trains in bf16 where the processor multiplies it natively, and answers in the fastest."""


CLEARLY = 1.3  # how many times faster bf16 must be, so that noise does not decide


def device() -> torch.device:
    """The graphics card where there is one, else the processor, with no more threads than it has.

    A container may use fewer processors than it sees; more threads than that slow all down.
    """
    torch.set_num_threads(min(torch.get_num_threads(), joblib.cpu_count()))
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@cache
def fastest(on: torch.device) -> Arithmetic:
    """The arithmetic in which this machine answers fastest, by timing a product in each."""
    seconds = {kind: _seconds(kind, on) for kind in (torch.float32, torch.bfloat16)}
    return "bf16" if seconds[torch.float32] > CLEARLY * seconds[torch.bfloat16] else "fp32"


def _seconds(kind: torch.dtype, on: torch.device) -> float:
    matrix = torch.randn(1024, 1024, device=on).to(kind)
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        (matrix @ matrix).sum().item()
        best = min(best, time.perf_counter() - started)
    return best


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
