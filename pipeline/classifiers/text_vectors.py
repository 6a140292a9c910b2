"""Texts as the pretrained encoder sees them, before it learns anything of a task."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from transformers import AutoTokenizer

from pipeline.classifiers.arithmetic import Arithmetic, autocast, device
from pipeline.classifiers.batches import by_length, pad_ids
from pipeline.classifiers.encoders import pretrained
from pipeline.classifiers.pairs import mean_states
from pipeline.records.scores import Floats

BATCH = 4096  # tokens


def text_vectors(
    encoder: Path, texts: Sequence[str], max_tokens: int, arithmetic: Arithmetic
) -> Floats:
    """The mean of each text's token states, [n, H]; an equal text is read once."""
    known = sorted(set(texts))
    on = device()
    model = pretrained(encoder).to(on).eval()
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    pad = tokenizer.pad_token_id
    ids = tokenizer(known, truncation=True, max_length=max_tokens)["input_ids"]
    out = np.zeros((len(known), model.config.hidden_size), np.float32)
    with torch.inference_mode(), autocast(arithmetic, on):
        for index in by_length([len(row) for row in ids], BATCH):
            batch, real = (t.to(on) for t in pad_ids([ids[i] for i in index], pad))
            states = model(input_ids=batch, attention_mask=real.long()).last_hidden_state
            out[index] = mean_states(states.float(), real).cpu().numpy()
    place = {text: i for i, text in enumerate(known)}
    return out[[place[text] for text in texts]]
