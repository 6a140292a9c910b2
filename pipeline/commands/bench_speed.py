"""How fast sentences are answered: against plain pair encoding, and against the machine itself."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.profiler import ProfilerActivity, profile
from torch.utils.flop_counter import FlopCounterMode

from pipeline.classifiers.batches import by_length, context
from pipeline.classifiers.bert import Bert
from pipeline.classifiers.blend import Blend
from pipeline.commands.benchmark import Bench, Request
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.example import LabelledExample
from pipeline.records.scores import Scores
from pipeline.records.store import read_jsonl
from pipeline.stats.scores import decide

SENTENCES = 512
PAIRED = 32  # sentences that the plain pair encoder reads: it is slow
SIDE = 2048  # of the square matrices whose product is the machine's peak
OPERATIONS = {
    "matrix products": ("aten::addmm", "aten::mm", "aten::bmm", "mkldnn", "aten::linear"),
    "softmax": ("softmax",),
    "GELU": ("gelu",),
    "layer norm": ("layer_norm",),
    "attention, fused": ("scaled_dot_product", "flash_attention"),
    "copies and casts": ("copy_", "cat", "contiguous", "clone"),
}


def inference(request: Request) -> Bench:
    """Sentences a second of the trained classifier in each arithmetic, beside pair encoding.

    Raises InputError when the model or the labelled sentences are missing.
    """
    classifier = Blend.load(request.project.model)
    network = classifier.bert
    examples = examples_of(request.project, SENTENCES)
    found: dict[str, tuple[float, Scores]] = {}
    for arithmetic in ("fp32", "bf16"):
        network.settings = replace(network.settings, arithmetic=arithmetic)
        classifier.score(examples[:64])
        found[arithmetic] = timed(lambda: classifier.score(examples))
    pairs = pair_seconds(network, examples[:PAIRED]) / min(PAIRED, len(examples))
    rows, metrics = [], {"pairs_fp32.sentences_per_second": 1 / pairs}
    rows.append(["pair encoding, fp32", f"{1 / pairs:.1f}", "1.0", "–", "–"])
    work = flops(classifier, examples)
    for arithmetic, (seconds, scores) in found.items():
        speed = len(examples) / seconds
        reached = work / seconds / peak(torch.bfloat16 if arithmetic == "bf16" else torch.float32)
        same = agreement(found["fp32"][1], scores)
        rows.append(
            [
                f"one pass and n-grams, {arithmetic}",
                f"{speed:.0f}",
                f"{speed * pairs:.1f}",
                f"{same:.2%}",
                f"{reached:.0%}",
            ]
        )
        metrics |= {
            f"{arithmetic}.sentences_per_second": speed,
            f"{arithmetic}.times_pairs": speed * pairs,
            f"{arithmetic}.agreement": same,
            f"{arithmetic}.share_of_peak": reached,
        }
    columns = ["build", "sentences/s", "times pair encoding", "answers as fp32", "of the peak"]
    areas = len(classifier.taxonomy.ids)
    notes = [
        f"{len(examples)} sentences, {areas} policy areas, voice and role, "
        f"{torch.get_num_threads()} threads. Peak: product of two {SIDE}×{SIDE} matrices in the "
        "same arithmetic.",
        "",
        "Where the time of the last row goes: "
        + ", ".join(f"{name} {share:.0%}" for name, share in where(classifier, examples).items())
        + ".",
    ]
    return Bench("Inference", columns, rows, metrics, notes)


def examples_of(project: Project, count: int) -> list[LabelledExample]:
    """The first labelled sentences. Raises InputError when there is none."""
    examples = read_jsonl(LabelledExample, project.labelled)[:count]
    if not examples:
        raise InputError("no labelled sentence to time: run 'dvc repro collect'")
    return examples


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The least seconds of three runs, and what the last one gave."""
    best, out = float("inf"), None
    for _ in range(3):
        started = time.perf_counter()
        out = work()
        best = min(best, time.perf_counter() - started)
    return best, out


def pair_seconds(classifier: Bert, examples: Sequence[LabelledExample]) -> float:
    """Seconds of one fp32 pass of the encoder over every pair of sentence and area text."""
    s, tokenizer = classifier.settings, classifier.tokenizer
    texts = [f"{e.text} | {context(e, s.before_chars, s.after_chars)}" for e in examples]
    areas = [area.description for area in classifier.taxonomy.areas]
    firsts = [text for text in texts for _ in areas]
    rows = tokenizer(firsts, areas * len(texts), truncation="only_first", max_length=s.max_tokens)
    ids = rows["input_ids"]
    batches = by_length([len(row) for row in ids], 4096)

    def work() -> None:
        with torch.inference_mode():
            for index in batches:
                batch = tokenizer.pad({"input_ids": [ids[i] for i in index]}, return_tensors="pt")
                classifier.model.encoder(**batch.to(classifier.device))

    return timed(work)[0]


def flops(classifier: Blend, examples: Sequence[LabelledExample]) -> float:
    """Floating-point operations of answering, padding among them, as torch counts them."""
    with FlopCounterMode(display=False) as counter:
        classifier.score(examples)
    return float(counter.get_total_flops())


def peak(kind: torch.dtype) -> float:
    """Floating-point operations a second of a large matrix product on this machine."""
    matrix = torch.randn(SIDE, SIDE).to(kind)
    seconds, _ = timed(lambda: _product(matrix))
    return 2 * SIDE**3 / seconds


def _product(matrix: Tensor) -> Tensor:
    return matrix @ matrix


def agreement(one: Scores, other: Scores, threshold: float = 0.5) -> float:
    """The share of all answers (areas, voice, role) that are the same."""
    same = [
        decide(one.areas, threshold) == decide(other.areas, threshold),
        one.voice.argmax(-1) == other.voice.argmax(-1),
        one.role.argmax(-1) == other.role.argmax(-1),
    ]
    return float(np.mean(np.concatenate([part.ravel() for part in same])))


def where(classifier: Blend, examples: Sequence[LabelledExample]) -> dict[str, float]:
    """Shares of the processor's time by kind of operation, largest first."""
    with profile(activities=[ProfilerActivity.CPU]) as found:
        classifier.score(examples[:128])
    spent: dict[str, float] = {}
    for event in found.key_averages():
        kind = next(
            (k for k, names in OPERATIONS.items() if any(n in event.key for n in names)), "other"
        )
        spent[kind] = spent.get(kind, 0.0) + event.self_cpu_time_total
    total = sum(spent.values())
    return {k: v / total for k, v in sorted(spent.items(), key=lambda item: -item[1])}
