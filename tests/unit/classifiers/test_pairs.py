from pathlib import Path

import pytest
import torch
from transformers import AutoModel, AutoTokenizer

from pipeline.classifiers.pairs import PairEncoder, encode_pairs, pad_pairs

TEXTS = ["芯片出口管制应当收紧。", "会议周二举行，议程尚未公布，与会者也未确定。"]
TARGETS = ["收紧出口管制", "议程"]


@pytest.fixture(scope="module")
def parts(encoder_folder: Path):
    tokenizer = AutoTokenizer.from_pretrained(encoder_folder)
    torch.manual_seed(0)
    encoder = AutoModel.from_pretrained(
        encoder_folder, attn_implementation="eager", add_pooling_layer=False
    )
    return tokenizer, PairEncoder(encoder, 3, 0.0).eval()


def logits(parts, texts, targets):
    tokenizer, model = parts
    rows = encode_pairs(tokenizer, texts, targets, 64, 16)
    with torch.inference_mode():
        return model(**pad_pairs(rows, tokenizer.pad_token_id))


def test_a_pair_is_tokenised_as_the_tokenizer_itself_joins_it(parts):
    tokenizer, _ = parts
    rows = encode_pairs(tokenizer, TEXTS, TARGETS, 64, 16)
    joined = tokenizer(TEXTS, TARGETS)["input_ids"]
    assert [row.ids for row in rows] == joined


def test_padding_changes_no_answer(parts):
    together = logits(parts, TEXTS, TARGETS)
    alone = [logits(parts, [x], [y]) for x, y in zip(TEXTS, TARGETS, strict=True)]
    assert together.shape == (2, 3)
    assert torch.allclose(together, torch.cat(alone), atol=1e-4)


def test_the_answer_hangs_on_text_and_target(parts):
    base = logits(parts, TEXTS[:1], ["开源模型"])
    assert not torch.allclose(base, logits(parts, TEXTS[:1], ["会议"]), atol=1e-3)
    assert not torch.allclose(base, logits(parts, TEXTS[1:], ["开源模型"]), atol=1e-3)


def test_long_texts_and_targets_are_cut(parts):
    tokenizer, _ = parts
    (row,) = encode_pairs(tokenizer, ["管制" * 500], ["目标" * 500], 64, 16)
    assert row.target == 65
    assert len(row.ids) == 64 + 16
