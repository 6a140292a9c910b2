"""The network of the published classifier: a fine-tuned BERT encoder with areas as queries."""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers import AutoConfig, AutoModel, AutoTokenizer

from pipeline.classifiers.arithmetic import Arithmetic, autocast, device
from pipeline.classifiers.attention import LEAN
from pipeline.classifiers.base import InContext, targets
from pipeline.classifiers.batches import Encoded, by_length, encode, forget_words, pad
from pipeline.classifiers.checkpoint import Checkpoint
from pipeline.classifiers.encoders import area_vectors, identity, pretrained
from pipeline.classifiers.finetune import Learning, Progress, finetune, plan
from pipeline.classifiers.onepass import OnePass, loss, probabilities
from pipeline.config import STRICT, build
from pipeline.errors import InputError
from pipeline.records.example import LabelledExample
from pipeline.records.labels import ANSWERS, ROLES, VOICES
from pipeline.records.scores import Scores
from pipeline.records.taxonomy import PolicyArea, Taxonomy, parse_taxonomy

SCORED = 4096  # tokens of a batch that is scored


@dataclass(frozen=True)
class BertSettings:
    """How the classifier is built and trained; lengths in tokens and characters.

    The encoder's first `frozen_layers` stay as they were pretrained. `loss` weighs the questions,
    see onepass.loss; `learning`: see Learning.
    """

    __pydantic_config__ = STRICT

    max_tokens: int
    before_chars: int
    after_chars: int
    heads: int
    frozen_layers: int
    dropout: float
    arithmetic: Arithmetic
    loss: dict[str, float]
    learning: Learning


class Bert:
    """Fine-tunes an encoder folder; the same seed gives the same weights on one machine.

    With a `checkpoint` path an interrupted training of the same data and settings goes on.
    """

    name = "bert"
    model: OnePass
    tokenizer: Any
    taxonomy: Taxonomy

    def __init__(
        self,
        encoder: Path,
        settings: BertSettings,
        seed: int = 0,
        progress: Progress | None = None,
        checkpoint: Path | None = None,
    ) -> None:
        self.encoder, self.settings, self.seed = encoder, settings, seed
        self.progress, self.checkpoint = progress, checkpoint
        self.device = device()
        self.version = self.began_with = ""
        self.seconds = 0.0

    def fit(self, examples: Sequence[LabelledExample], taxonomy: Taxonomy) -> None:
        """Train from the encoder's weights.

        Raises InputError when no example is given or the loss is not a number.
        """
        if not examples:
            raise InputError("there is no labelled sentence to train on")
        torch.manual_seed(self.seed)
        self.began_with = identity(self.encoder)
        dropout = self.settings.learning.encoder_dropout
        self._build(taxonomy, pretrained(self.encoder, dropout))
        self.model.encoder.encoder.layer[: self.settings.frozen_layers].requires_grad_(False)
        self.model.set_areas(area_vectors(self.model.encoder, self.tokenizer, taxonomy.areas))
        rows = self.encode(examples)
        gold = {
            name: torch.from_numpy(values).to(self.device)
            for name, values in vars(targets(examples, taxonomy)).items()
        }

        def loss_of(index: list[int]) -> Tensor:
            wanted = {name: labels[index] for name, labels in gold.items()}
            with autocast(self.settings.arithmetic, self.device):
                logits = self.model(**self._padded([rows[i] for i in index]))
            return loss({k: v.float() for k, v in logits.items()}, wanted, self.settings.loss)

        learning = self.settings.learning
        steps = plan([len(row.ids) for row in rows], learning, self.seed)
        kept = self._checkpoint(examples, taxonomy)
        self.seconds = finetune(self.model, steps, loss_of, learning, self.progress, kept)

    def add_areas(self, areas: Sequence[PolicyArea], encoder: Path) -> None:
        """Answer for more policy areas, known by their texts alone.

        `encoder` is the pretrained encoder that the training began with: area texts are read by
        it, as those of the trained areas were. Raises InputError when it is not there, or another.
        """
        found = identity(encoder)
        if found != self.began_with:
            raise InputError(
                f"{encoder} is not the encoder that this model was trained from; run 'make run'"
            )
        reader = pretrained(encoder).to(self.device)
        self.model.add_areas(area_vectors(reader, self.tokenizer, areas))
        known = self.taxonomy
        self.taxonomy = Taxonomy(known.version, (*known.areas, *areas))

    def score(self, sentences: Sequence[InContext]) -> Scores:
        """Probabilities for each sentence, in batches of like length."""
        return self.score_rows(self.encode(sentences))

    def score_rows(self, rows: Sequence[Encoded]) -> Scores:
        """Probabilities for sentences that `encode` gave, perhaps with words hidden."""
        areas = np.zeros((len(rows), len(self.taxonomy.ids), len(ANSWERS)), np.float32)
        voice = np.zeros((len(rows), len(VOICES)), np.float32)
        role = np.zeros((len(rows), len(ROLES)), np.float32)
        self.model.eval()
        with torch.inference_mode():
            for index in by_length([len(row.ids) for row in rows], SCORED):
                with autocast(self.settings.arithmetic, self.device):
                    logits = self.model(**self._padded([rows[i] for i in index]))
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
            "encoder": self.began_with,
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
            config = AutoConfig.from_pretrained(folder / "encoder", attn_implementation=LEAN)
            taxonomy = parse_taxonomy(card["taxonomy"], str(folder))
            classifier._build(taxonomy, AutoModel.from_config(config, add_pooling_layer=False))
            state = load_file(folder / "weights.safetensors")
            classifier.model.load_state_dict({k: v.float() for k, v in state.items()})
            classifier.seed, classifier.version = card["seed"], card["version"]
            classifier.began_with = card["encoder"]
        except (OSError, KeyError, ValueError, RuntimeError, SafetensorError) as error:
            raise InputError(
                f"no trained model in {folder} ({error}); make one with 'make run'"
            ) from error
        return classifier

    def _build(self, taxonomy: Taxonomy, encoder: Any) -> None:
        self.taxonomy = taxonomy
        self.tokenizer = AutoTokenizer.from_pretrained(self.encoder)
        s = self.settings
        self.model = OnePass(encoder, len(taxonomy.ids), s.heads, s.dropout).to(self.device)

    def encode(self, sentences: Sequence[InContext]) -> list[Encoded]:
        """Token ids of each sentence in its context; says how many were too long."""
        s = self.settings
        rows = encode(self.tokenizer, sentences, s.max_tokens, s.before_chars, s.after_chars)
        if cut := sum(row.cut for row in rows):
            print(
                f"{cut} of {len(rows)} sentences have more than {s.max_tokens} tokens: their ends "
                "are not read",
                file=sys.stderr,
            )
        return rows

    def _padded(self, rows: Sequence[Encoded]) -> dict[str, Tensor]:
        batch = pad(rows, self.tokenizer.pad_token_id)
        if self.model.training:
            share = self.settings.learning.word_dropout
            batch["ids"] = forget_words(batch["ids"], share, self.tokenizer)
        return {n: t.to(self.device) for n, t in batch.items()}

    def _checkpoint(
        self, examples: Sequence[LabelledExample], taxonomy: Taxonomy
    ) -> Checkpoint | None:
        if not self.checkpoint:
            return None
        parts = (self.settings, self.seed, taxonomy, list(examples), self.began_with)
        return Checkpoint(self.checkpoint, hashlib.sha1(repr(parts).encode()).hexdigest())
