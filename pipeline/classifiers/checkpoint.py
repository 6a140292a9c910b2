"""An unfinished training on disk, so that it goes on where it was stopped."""

import os
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from pipeline.files import atomic_path

EVERY = 100  # steps between two checkpoints: about half a minute on two cores


@dataclass(frozen=True)
class Checkpoint:
    """Where a training is kept, and a `key` of all that it hangs on.

    What another key wrote is not taken up.
    """

    path: Path
    key: str

    def save(
        self, step: int, seconds: float, model: nn.Module, optimizer: Any, schedule: Any
    ) -> None:
        """Write everything after `step` steps; the file appears only when it is whole.

        Raises InputError when the disk is full or not writable.
        """
        state = {
            "key": self.key,
            "step": step,
            "seconds": seconds,
            "model": _learning(model),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "random": torch.get_rng_state(),
        }
        with atomic_path(self.path) as half, half.open("wb") as out:
            try:
                torch.save(state, out)
            except RuntimeError as error:  # what torch makes of a full disk
                raise OSError(str(error)) from error
            out.flush()
            os.fsync(out.fileno())

    def load(self, model: nn.Module, optimizer: Any, schedule: Any) -> tuple[int, float]:
        """Take up what was saved under the same key; steps and seconds done, or 0 and 0.

        A damaged file, and one of a network that had other weights, is not taken up.
        """
        try:
            state = torch.load(self.path, weights_only=True)
            shapes = {n: p.shape for n, p in state["model"].items()}
            fits = shapes == {n: p.shape for n, p in _learning(model).items()}
        except (OSError, RuntimeError, ValueError, EOFError, KeyError, pickle.UnpicklingError):
            return 0, 0.0
        if state["key"] != self.key or not fits:
            return 0, 0.0
        model.load_state_dict(state["model"], strict=False)
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["random"])
        return int(state["step"]), float(state["seconds"])


def _learning(model: nn.Module) -> dict[str, nn.Parameter]:
    return {n: p for n, p in model.named_parameters() if p.requires_grad}
