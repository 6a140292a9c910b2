"""How fast and how large a training is on this machine."""

import random
import resource
import time
from dataclasses import replace

import torch

from pipeline.bars import training_bar
from pipeline.classifiers.arithmetic import device, is_bf16
from pipeline.classifiers.bert import Bert
from pipeline.commands.bench_speed import peak
from pipeline.commands.benchmark import Bench, Request
from pipeline.commands.trainings import Folded
from pipeline.records.fold import Fold
from pipeline.records.store import read_jsonl
from pipeline.stages.train import training_examples

SENTENCES = 1000
FORWARD_AND_BACKWARD = 6  # operations a weight and token (Kaplan et al., 2020)


def training(request: Request) -> Bench:
    """One pass over a random part of what `make run` trains on, and what all of it would take.

    Raises InputError when the labelled sentences are missing.
    """
    data = Folded.of(request.project)
    whole = training_examples(data.examples, read_jsonl(Fold, request.project.folds))
    whole += data.contrasts
    part = random.Random(0).sample(whole, min(SENTENCES, len(whole)))
    learning = data.settings.bert.learning
    once = replace(data.settings.bert, learning=replace(learning, epochs=1, least_steps=1))
    with training_bar("bench") as progress:
        classifier = Bert(request.project.encoder, once, 0, progress)
        started = time.perf_counter()
        classifier.fit(part, data.taxonomy)
        seconds = time.perf_counter() - started
    lengths = [len(row.ids) for row in classifier.encode(part)]
    layers = sum(p.numel() for p in classifier.model.encoder.encoder.parameters())
    bf16 = is_bf16(once.arithmetic, device())
    reached = FORWARD_AND_BACKWARD * layers * sum(lengths) / seconds
    reached /= peak(torch.bfloat16 if bf16 else torch.float32)
    all_seconds = seconds * learning.epochs * len(whole) / len(part)
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    metrics = {
        "sentences_per_second": len(part) / seconds,
        "tokens_per_second": sum(lengths) / seconds,
        "share_of_peak": reached,
        "gigabytes": gigabytes,
        "minutes_of_all": all_seconds / 60,
    }
    row = [
        "bf16" if bf16 else "fp32",
        f"{len(part) / seconds:.0f}",
        f"{sum(lengths) / seconds:.0f}",
        f"{reached:.0%}",
        f"{gigabytes:.2f}",
        f"{all_seconds / 60:.1f}",
    ]
    columns = ["arithmetic", "sentences/s", "tokens/s", "of the peak", "GB at most", "minutes"]
    notes = [
        f"{len(part)} sentences, one pass, {torch.get_num_threads()} threads. The last column is "
        f"what {learning.epochs} passes over all {len(whole)} sentences would take."
    ]
    return Bench("Training", columns, [row], metrics, notes)
