"""Stance toward any target: the classifier of the public benchmarks, and of a warm start."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import AutoTokenizer

from pipeline.classifiers.arithmetic import Arithmetic, autocast, device
from pipeline.classifiers.batches import by_length, forget_words
from pipeline.classifiers.checkpoint import Checkpoint
from pipeline.classifiers.encoders import pretrained
from pipeline.classifiers.finetune import Learning, Progress, finetune, plan
from pipeline.classifiers.pairs import PairEncoder, PairTokens, encode_pairs, pad_pairs
from pipeline.config import STRICT
from pipeline.errors import InputError
from pipeline.files import atomic_path
from pipeline.records.labels import STANCES
from pipeline.records.scores import Floats

SCORED = 4096  # tokens of a batch that is scored


@dataclass(frozen=True)
class TargetSettings:
    """Lengths in tokens; `smoothing` of the labels; `learning`: see Learning.

    `members` are trained, apart in their seed; the mean of their probabilities is pooled with that
    of two regressions, which count `regressions` (0..1): on n-grams and, as `frozen` of the two, on
    the pretrained encoder's vectors.
    """

    __pydantic_config__ = STRICT

    text_tokens: int
    target_tokens: int
    dropout: float
    smoothing: float
    members: int
    regressions: float
    frozen: float
    arithmetic: Arithmetic
    learning: Learning


class Asked(Protocol):
    """A text, a target, and the answer that is wanted."""

    @property
    def text(self) -> str:
        """What is read."""

    @property
    def target(self) -> str:
        """What the stance is toward."""

    @property
    def stance(self) -> str:
        """One of the answers; not looked at when scoring."""


class TargetStances:
    """Fine-tunes an encoder folder on rows of text, target and stance, one of `answers`."""

    name = "bert"

    def __init__(
        self,
        encoder: Path,
        settings: TargetSettings,
        seed: int = 0,
        answers: Sequence[str] = STANCES,
    ) -> None:
        self.settings, self.seed, self.device = settings, seed, device()
        self.answers = tuple(answers)
        self.tokenizer = AutoTokenizer.from_pretrained(encoder)
        torch.manual_seed(seed)
        start = pretrained(encoder, settings.learning.encoder_dropout)
        self.model = PairEncoder(start, len(self.answers), settings.dropout).to(self.device)

    def fit(
        self,
        rows: Sequence[Asked],
        progress: Progress | None = None,
        checkpoint: Checkpoint | None = None,
    ) -> float:
        """Train in place, in so many seconds. Raises InputError when the loss is not a number."""
        pairs = self._encode(rows)
        gold = torch.tensor([self.answers.index(row.stance) for row in rows], device=self.device)
        measure = nn.CrossEntropyLoss(label_smoothing=self.settings.smoothing)

        def loss_of(index: list[int]) -> Tensor:
            value: Tensor = measure(self._logits([pairs[i] for i in index]), gold[index])
            return value

        steps = plan([len(row.ids) for row in pairs], self.settings.learning, self.seed)
        return finetune(self.model, steps, loss_of, self.settings.learning, progress, checkpoint)

    def score(self, rows: Sequence[Asked]) -> Floats:
        """Probabilities [n, answers] in the order of `answers`."""
        pairs = self._encode(rows)
        out = np.zeros((len(rows), len(self.answers)), np.float32)
        self.model.eval()
        with torch.inference_mode():
            for index in by_length([len(row.ids) for row in pairs], SCORED):
                logits = self._logits([pairs[i] for i in index])
                out[index] = logits.softmax(-1).cpu().numpy()
        return out

    def save(self, path: Path, key: str, seconds: float) -> None:
        """Write the weights (fp16) with the `key` of what they were trained on, atomically."""
        state = {n: v.half().contiguous() for n, v in self.model.state_dict().items()}
        with atomic_path(path) as half:
            save_file(state, half, metadata={"key": key, "seconds": str(seconds)})

    def load(self, path: Path, key: str) -> float | None:
        """Take the weights that `save` wrote under `key`.

        How many seconds their training took, or None when there are none of that key.
        """
        if not path.is_file():
            return None
        try:
            with safe_open(path, "pt") as kept:
                about = kept.metadata()
                if about["key"] != key:
                    return None
                state = {name: kept.get_tensor(name).float() for name in kept.keys()}  # noqa: SIM118
            self.model.load_state_dict(state)
        except (OSError, KeyError, RuntimeError, SafetensorError) as error:
            raise InputError(f"cannot read the weights in {path} ({error}); delete it") from error
        return float(about["seconds"])

    def _encode(self, rows: Sequence[Asked]) -> list[PairTokens]:
        s = self.settings
        texts, targets = [row.text for row in rows], [row.target for row in rows]
        return encode_pairs(self.tokenizer, texts, targets, s.text_tokens, s.target_tokens)

    def _logits(self, rows: Sequence[PairTokens]) -> Tensor:
        batch: dict[str, Any] = pad_pairs(rows, self.tokenizer.pad_token_id)
        if self.model.training:
            share = self.settings.learning.word_dropout
            batch["ids"] = forget_words(batch["ids"], share, self.tokenizer)
        with autocast(self.settings.arithmetic, self.device):
            logits: Tensor = self.model(**{n: t.to(self.device) for n, t in batch.items()})
        return logits.float()
