"""The classifier of this project: a fine-tuned BERT encoder with areas as queries."""

import json
import math
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers import AutoConfig, AutoModel, AutoTokenizer

from pipeline.classifiers.base import InContext, targets
from pipeline.classifiers.batches import Encoded, by_length, encode, pad, shuffled_by_length
from pipeline.classifiers.onepass import OnePass, loss, probabilities
from pipeline.config import STRICT, build
from pipeline.errors import InputError
from pipeline.records.example import LabelledExample
from pipeline.records.labels import ANSWERS, ROLES, VOICES
from pipeline.records.scores import Scores
from pipeline.records.taxonomy import Taxonomy, parse_taxonomy

Progress = Callable[[int, int, float], None]
"""Called after each training step with (steps done, steps in all, loss)."""


@dataclass(frozen=True)
class BertSettings:
    """How the classifier is built and trained; lengths in tokens and characters."""

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
    layer_decay: float
    warmup: float
    weight_decay: float
    frozen_layers: int
    bf16: bool
    loss: dict[str, float]


class Bert:
    """Fine-tunes an encoder folder; the same seed gives the same weights on one machine."""

    name = "bert"

    def __init__(
        self, encoder: Path, settings: BertSettings, seed: int = 0, progress: Progress | None = None
    ) -> None:
        self.encoder, self.settings, self.seed = encoder, settings, seed
        self.progress = progress
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.version = ""

    def fit(self, examples: Sequence[LabelledExample], taxonomy: Taxonomy) -> None:
        """Train from the encoder's weights.

        Raises InputError when no example is given or the loss is not a number.
        """
        if not examples:
            raise InputError("there is no labelled sentence to train on")
        torch.manual_seed(self.seed)
        self._build(
            taxonomy,
            AutoModel.from_pretrained(
                self.encoder,
                attn_implementation="eager",
                add_pooling_layer=False,
                hidden_dropout_prob=0.0,
                attention_probs_dropout_prob=0.0,
            ),
        )
        self.model.set_areas(self._area_vectors(taxonomy))
        self._train(self._encode(examples), examples)

    def score(self, sentences: Sequence[InContext]) -> Scores:
        """Probabilities for each sentence, in batches of like length."""
        areas = np.zeros((len(sentences), len(self.taxonomy.ids), len(ANSWERS)), np.float32)
        voice = np.zeros((len(sentences), len(VOICES)), np.float32)
        role = np.zeros((len(sentences), len(ROLES)), np.float32)
        self.model.eval()
        rows = self._encode(sentences)
        with torch.inference_mode():
            for index in by_length(rows, 32):
                batch = self._pad([rows[i] for i in index])
                with self._arithmetic():
                    logits = self.model(**batch)
                out = [part.cpu().numpy() for part in probabilities(logits)]
                areas[index], voice[index], role[index] = out
        return Scores(areas, voice, role)

    def save(self, folder: Path) -> None:
        """Write weights (fp16), tokenizer, encoder settings, taxonomy and own settings."""
        state = {k: v.half().contiguous() for k, v in self.model.state_dict().items()}
        save_file(state, folder / "weights.safetensors")
        self.tokenizer.save_pretrained(folder / "tokenizer")
        self.model.encoder.config.save_pretrained(folder / "encoder")
        card = {
            "settings": asdict(self.settings),
            "taxonomy": asdict(self.taxonomy),
            "seed": self.seed,
            "version": self.version,
        }
        text = json.dumps(card, ensure_ascii=False, indent=2)
        (folder / "classifier.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Bert":
        """Read a saved classifier. Raises InputError when the folder is not a whole one."""
        try:
            card = json.loads((folder / "classifier.json").read_text(encoding="utf-8"))
            classifier = cls(
                folder / "tokenizer", build(BertSettings, card["settings"], str(folder))
            )
            config = AutoConfig.from_pretrained(folder / "encoder", attn_implementation="eager")
            taxonomy = parse_taxonomy(card["taxonomy"], str(folder))
            classifier._build(taxonomy, AutoModel.from_config(config, add_pooling_layer=False))
            state = load_file(folder / "weights.safetensors")
            classifier.model.load_state_dict({k: v.float() for k, v in state.items()})
        except (OSError, KeyError, ValueError, RuntimeError, SafetensorError) as error:
            raise InputError(
                f"no trained model in {folder} ({error}); make one with 'make run'"
            ) from error
        classifier.seed, classifier.version = card["seed"], card["version"]
        return classifier

    def _build(self, taxonomy: Taxonomy, encoder: Any) -> None:
        self.taxonomy = taxonomy
        self.tokenizer = AutoTokenizer.from_pretrained(self.encoder)
        s = self.settings
        self.model = OnePass(encoder, len(taxonomy.ids), s.heads, s.dropout).to(self.device)

    def _arithmetic(self) -> AbstractContextManager[Any]:
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.settings.bf16)

    def _encode(self, sentences: Sequence[InContext]) -> list[Encoded]:
        s = self.settings
        return encode(self.tokenizer, sentences, s.max_tokens, s.before_chars, s.after_chars)

    def _pad(self, rows: Sequence[Encoded]) -> dict[str, Tensor]:
        batch = pad(rows, self.tokenizer.pad_token_id)
        return {name: tensor.to(self.device) for name, tensor in batch.items()}

    def _area_vectors(self, taxonomy: Taxonomy) -> Tensor:
        texts = [f"query: {area.description}" for area in taxonomy.areas]
        batch = self.tokenizer(texts, padding=True, return_tensors="pt").to(self.device)
        mask = batch["attention_mask"].unsqueeze(-1)
        self.model.eval()
        with torch.no_grad():
            states = self.model.encoder(
                input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
            ).last_hidden_state
        vectors: Tensor = (states * mask).sum(1) / mask.sum(1)
        return vectors

    def _train(self, rows: Sequence[Encoded], examples: Sequence[LabelledExample]) -> None:
        s = self.settings
        gold = targets(examples, self.taxonomy)
        labels = {
            k: torch.from_numpy(getattr(gold, k)).to(self.device)
            for k in ("areas", "voice", "role")
        }
        rng = random.Random(self.seed)
        steps = s.epochs * math.ceil(len(rows) / s.batch)
        optimizer = torch.optim.AdamW(list(self._groups()), betas=(0.9, 0.98), fused=True)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _warm_then_cosine(s.warmup, steps))
        self.model.train()
        step = 0
        for _ in range(s.epochs):
            for index in shuffled_by_length(rows, s.batch, rng):
                with self._arithmetic():
                    logits = self.model(**self._pad([rows[i] for i in index]))
                value = loss(
                    {k: v.float() for k, v in logits.items()},
                    {k: v[index] for k, v in labels.items()},
                    s.loss,
                )
                if not torch.isfinite(value):
                    raise InputError(
                        f"the loss is not a number at step {step}; lower train.learning_rate"
                    )
                value.backward()  # type: ignore[no-untyped-call]
                torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                optimizer.zero_grad(set_to_none=True)
                step += 1
                if self.progress:
                    self.progress(step, steps, float(value.detach()))

    def _groups(self) -> Iterator[dict[str, Any]]:
        s = self.settings
        encoder = self.model.encoder
        for parameter in encoder.embeddings.parameters():
            parameter.requires_grad_(False)
        layers = list(encoder.encoder.layer)
        for depth, layer in enumerate(layers):
            if depth < s.frozen_layers:
                layer.requires_grad_(False)
                continue
            rate = s.learning_rate * s.layer_decay ** (len(layers) - 1 - depth)
            yield {"params": list(layer.parameters()), "lr": rate, "weight_decay": s.weight_decay}
        own = [p for n, p in self.model.named_parameters() if not n.startswith("encoder.")]
        yield {"params": own, "lr": s.learning_rate * s.head_factor, "weight_decay": s.weight_decay}


def _warm_then_cosine(warmup: float, steps: int) -> Callable[[int], float]:
    def factor(step: int) -> float:
        warm = max(1, round(warmup * steps))
        if step < warm:
            return (step + 1) / warm
        return 0.02 + 0.49 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))

    return factor
