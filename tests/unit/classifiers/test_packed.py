from pathlib import Path

import pytest
import torch
from transformers import AutoModel, AutoTokenizer

from pipeline.classifiers.packed import PackedEncoder, pack, pad_packed
from pipeline.classifiers.targets import together

TEXTS = ["芯片出口管制应当收紧。", "会议周二举行，议程尚未公布，与会者也未确定。"]
TARGETS = [["收紧出口管制", "开源模型", "会议"], ["议程"]]


@pytest.fixture(scope="module")
def parts(encoder_folder: Path):
    tokenizer = AutoTokenizer.from_pretrained(encoder_folder)
    torch.manual_seed(0)
    encoder = AutoModel.from_pretrained(
        encoder_folder, attn_implementation="eager", add_pooling_layer=False
    )
    return tokenizer, PackedEncoder(encoder, 3, 0.0).eval()


def logits(parts, texts, targets):
    tokenizer, model = parts
    batch = pad_packed(pack(tokenizer, texts, targets, 64, 16), tokenizer.pad_token_id)
    with torch.inference_mode():
        return model(**batch)


def test_a_target_is_answered_as_if_it_stood_alone(parts):
    together = logits(parts, TEXTS, TARGETS)
    alone = [
        logits(parts, [x], [[y]]) for x, some in zip(TEXTS, TARGETS, strict=True) for y in some
    ]
    assert together.shape == (4, 3)
    assert torch.allclose(together, torch.cat(alone), atol=1e-4)


def test_the_answer_hangs_on_text_and_target(parts):
    base = logits(parts, TEXTS[:1], [["开源模型"]])
    assert not torch.allclose(base, logits(parts, TEXTS[:1], [["会议"]]), atol=1e-3)
    assert not torch.allclose(base, logits(parts, TEXTS[1:], [["开源模型"]]), atol=1e-3)


def test_long_texts_and_targets_are_cut(parts):
    tokenizer, _ = parts
    row = pack(tokenizer, ["管制" * 500], [["目标" * 500]], 64, 16)[0]
    assert len(row.text) == 64
    assert len(row.targets[0]) == 16


def test_equal_texts_share_a_reading_in_groups_of_a_size():
    assert together(["a", "b", "a", "a", "b"], 2) == [[0, 2], [1, 4], [3]]
