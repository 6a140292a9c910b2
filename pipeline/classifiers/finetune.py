"""How the network learns: settings, learning rates, schedule and the training loop."""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor

from pipeline.classifiers.batches import Encoded, pad, shuffled_by_length
from pipeline.classifiers.onepass import OnePass, loss
from pipeline.config import STRICT
from pipeline.errors import InputError

Progress = Callable[[int, int, float], None]
"""Called after each training step with (steps done, steps in all, loss)."""


@dataclass(frozen=True)
class BertSettings:
    """How the classifier is built and trained; lengths in tokens and characters.

    `loss` weighs the questions, see onepass.loss. `arithmetic` auto takes bf16 where the
    processor multiplies it natively, and fp32 elsewhere.
    """

    __pydantic_config__ = STRICT

    max_tokens: int
    before_chars: int
    after_chars: int
    heads: int
    dropout: float
    epochs: int
    batch: int
    learning_rate: float
    head_factor: float
    warmup: float
    weight_decay: float
    frozen_layers: int
    arithmetic: Literal["auto", "bf16", "fp32"]
    loss: dict[str, float]


def autocast(settings: BertSettings, device: torch.device) -> AbstractContextManager[Any]:
    """The context in which the network computes."""
    return torch.autocast(device.type, torch.bfloat16, enabled=_bf16(settings, device))


def _bf16(settings: BertSettings, device: torch.device) -> bool:
    if settings.arithmetic != "auto":
        return settings.arithmetic == "bf16"
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    names = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    return any(bool(getattr(torch.cpu, name, bool)()) for name in names)


def padded(rows: Sequence[Encoded], pad_id: int, device: torch.device) -> dict[str, Tensor]:
    """A batch on the device."""
    return {name: tensor.to(device) for name, tensor in pad(rows, pad_id).items()}


def finetune(
    model: OnePass,
    rows: Sequence[Encoded],
    gold: dict[str, Tensor],
    settings: BertSettings,
    seed: int,
    pad_id: int,
    progress: Progress | None,
) -> None:
    """Train in place; `gold` are the class indices of onepass.loss, on the model's device.

    Raises InputError when the loss is not a number.
    """
    device = model.area_vectors.device
    rng = random.Random(seed)
    steps = settings.epochs * math.ceil(len(rows) / settings.batch)
    optimizer = torch.optim.AdamW(list(_groups(model, settings)), betas=(0.9, 0.98), fused=True)
    shape = _warm_then_cosine(settings.warmup, steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, shape)
    model.train()
    step = 0
    for _ in range(settings.epochs):
        for index in shuffled_by_length(rows, settings.batch, rng):
            with autocast(settings, device):
                logits = model(**padded([rows[i] for i in index], pad_id, device))
            wanted = {name: labels[index] for name, labels in gold.items()}
            value = loss({k: v.float() for k, v in logits.items()}, wanted, settings.loss)
            if not torch.isfinite(value):
                raise InputError(
                    f"the loss is not a number at step {step}; lower train.bert.learning_rate"
                )
            value.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            if progress:
                progress(step, steps, float(value.detach()))


def _groups(model: OnePass, settings: BertSettings) -> Iterator[dict[str, Any]]:
    """Encoder layers and the new layers with their learning rates; the rest is frozen."""
    model.encoder.embeddings.requires_grad_(False)
    layers = list(model.encoder.encoder.layer)
    for layer in layers[: settings.frozen_layers]:
        layer.requires_grad_(False)
    top = [p for layer in layers[settings.frozen_layers :] for p in layer.parameters()]
    own = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    for parameters, factor in ((top, 1.0), (own, settings.head_factor)):
        if parameters:
            yield {
                "params": parameters,
                "lr": settings.learning_rate * factor,
                "weight_decay": settings.weight_decay,
            }


def _warm_then_cosine(warmup: float, steps: int) -> Callable[[int], float]:
    """Learning-rate factor by step: linear to 1 over `warmup` of the steps, cosine to 0.02."""

    def factor(step: int) -> float:
        warm = max(1, round(warmup * steps))
        if step < warm:
            return (step + 1) / warm
        return 0.02 + 0.49 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))

    return factor
