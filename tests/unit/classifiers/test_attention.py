from pathlib import Path

import torch
from transformers import AutoModel

from pipeline.classifiers.attention import LEAN


def states(encoder_folder: Path, implementation: str, bf16: bool) -> torch.Tensor:
    model = AutoModel.from_pretrained(
        encoder_folder, attn_implementation=implementation, add_pooling_layer=False
    ).eval()
    ids = torch.tensor([[0, 100, 200, 300, 2, 1, 1], [0, 5, 6, 7, 8, 9, 2]])
    mask = (ids != 1).long()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        found = model(input_ids=ids, attention_mask=mask).last_hidden_state.float()
    return found[mask.bool()]


def test_it_gives_what_the_encoders_own_attention_gives(encoder_folder: Path) -> None:
    own, lean = (states(encoder_folder, kind, False) for kind in ("eager", LEAN))
    assert torch.allclose(own, lean, atol=1e-5)


def test_it_is_close_in_half_precision(encoder_folder: Path) -> None:
    own, lean = states(encoder_folder, "eager", False), states(encoder_folder, LEAN, True)
    assert torch.nn.functional.cosine_similarity(own, lean, dim=-1).min() > 0.995
