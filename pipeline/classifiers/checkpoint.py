"""An unfinished training on disk, so that it goes on where it was stopped."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from pipeline.files import disk_errors

EVERY = 100  # steps between two checkpoints: about half a minute on two cores


@dataclass(frozen=True)
class Checkpoint:
    """Where a training is kept, and a `key` of all that it hangs on.

    What another key wrote is not taken up.
    """

    path: Path
    key: str

    def save(self, step: int, model: nn.Module, optimizer: Any, schedule: Any) -> None:
        """Write everything after `step` steps; the file appears only when it is whole."""
        state = {
            "key": self.key,
            "step": step,
            "model": {n: p for n, p in model.named_parameters() if p.requires_grad},
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "random": torch.get_rng_state(),
        }
        half = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        with disk_errors(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                torch.save(state, half)
                half.replace(self.path)
            finally:
                half.unlink(missing_ok=True)

    def load(self, model: nn.Module, optimizer: Any, schedule: Any) -> int:
        """Take up what was saved under the same key; the number of steps done, or 0."""
        try:
            state = torch.load(self.path, weights_only=True)
        except (OSError, RuntimeError, ValueError, EOFError):
            return 0
        if state.get("key") != self.key:
            return 0
        model.load_state_dict(state["model"], strict=False)
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["random"])
        return int(state["step"])
