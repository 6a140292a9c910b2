"""How a network learns: batches, learning rates, schedule and the training loop."""

import ctypes
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from pipeline.classifiers.batches import shuffled_by_length
from pipeline.classifiers.checkpoint import EVERY, Checkpoint
from pipeline.config import STRICT
from pipeline.errors import InputError

TRIMMED = 20  # steps between two times that freed memory is given back
_C = ctypes.CDLL(None)

Progress = Callable[[int, int, float], None]
"""Called after each training step with (steps done, steps in all, loss)."""


@dataclass(frozen=True)
class Learning:
    """How fast and how long a network learns.

    All examples are passed `epochs` times, few of them more often, until there are `least_steps`.
    A step sees at most `batch_tokens` tokens, padding among them, which also bounds the memory.
    `learning_rate` is of the encoder's layers, the new ones learn `head_factor` times faster;
    `warmup` is the share of the steps in which the rate rises. `word_dropout` is the share of the
    words that a step does not see, `encoder_dropout` of the numbers between the encoder's layers.
    """

    __pydantic_config__ = STRICT

    epochs: int
    least_steps: int
    batch_tokens: int
    learning_rate: float
    head_factor: float
    warmup: float
    weight_decay: float
    word_dropout: float
    encoder_dropout: float


def plan(lengths: Sequence[int], learning: Learning, seed: int) -> list[list[int]]:
    """The row numbers of each step: batches of like length, all rows once a pass.

    Raises InputError when there is no row.
    """
    if not lengths:
        raise InputError("there is no labelled sentence to train on")
    rng = random.Random(seed)
    steps: list[list[int]] = []
    passes = 0
    while passes < learning.epochs or len(steps) < learning.least_steps:
        steps += shuffled_by_length(lengths, learning.batch_tokens, rng)
        passes += 1
    return steps


def finetune(
    model: nn.Module,
    steps: Sequence[list[int]],
    loss_of: Callable[[list[int]], Tensor],
    learning: Learning,
    progress: Progress | None = None,
    checkpoint: Checkpoint | None = None,
) -> float:
    """Train `model` in place; `loss_of` gives the loss of the rows of one step.

    With a checkpoint an interrupted training goes on, and ends on a processor with the weights
    that it would have had. Returns the seconds of training, those before an interruption among
    them. Raises InputError when the loss is not a number.
    """
    optimizer = torch.optim.AdamW(list(_groups(model, learning)), betas=(0.9, 0.98), fused=True)
    shape = _warm_then_cosine(learning.warmup, len(steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, shape)
    done, before = checkpoint.load(model, optimizer, schedule) if checkpoint else (0, 0.0)
    started = time.monotonic() - before
    if done:
        print(f"training goes on from its checkpoint after step {done} of {len(steps)}", flush=True)
    model.train()
    for step, index in enumerate(steps[done:], start=done + 1):
        value = loss_of(index)
        value.backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        if not torch.isfinite(value + norm):
            raise InputError(
                f"the loss or its gradient is not a number at step {step}; lower learning_rate "
                f"from {learning.learning_rate:g} in configs"
            )
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        if step % TRIMMED == 0:
            give_back_memory()
        if progress:
            progress(step, len(steps), float(value.detach()))
        if checkpoint and step % EVERY == 0 and step < len(steps):
            checkpoint.save(step, time.monotonic() - started, model, optimizer, schedule)
    return time.monotonic() - started


def give_back_memory() -> None:
    """Give freed memory back to the system, where the C library can.

    Tensors of ever new sizes leave holes behind: without this a training grows by a gigabyte.
    """
    trim = getattr(_C, "malloc_trim", None)
    if trim:
        trim(0)


def _groups(model: nn.Module, learning: Learning) -> Iterator[dict[str, Any]]:
    """Encoder layers and the new layers with their learning rates; word embeddings are frozen."""
    encoder: Any = model.encoder
    encoder.embeddings.requires_grad_(False)
    layers = [p for p in encoder.encoder.parameters() if p.requires_grad]
    own = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    for parameters, factor in ((layers, 1.0), (own, learning.head_factor)):
        yield {
            "params": parameters,
            "lr": learning.learning_rate * factor,
            "weight_decay": learning.weight_decay,
        }


def _warm_then_cosine(warmup: float, steps: int) -> Callable[[int], float]:
    """Learning-rate factor by step: linear to 1 over `warmup` of the steps, cosine to 0.02."""

    def factor(step: int) -> float:
        warm = max(1, round(warmup * steps))
        if step < warm:
            return (step + 1) / warm
        return 0.02 + 0.49 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))

    return factor
