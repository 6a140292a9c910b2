"""Labelled examples outside the held-out outlets to a fine-tuned classifier, tracked in MLflow."""

import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.classifiers.bert import Bert
from pipeline.classifiers.finetune import BertSettings
from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.files import atomic_folder
from pipeline.records.example import LabelledExample
from pipeline.records.fold import Fold
from pipeline.records.store import read_jsonl
from pipeline.records.taxonomy import Taxonomy, load_taxonomy
from pipeline.run_stage import run_stage
from pipeline.tracking import Run, md5, tracked


@dataclass(frozen=True)
class Params:
    """`seed` of the whole training; `bert`: see BertSettings."""

    __pydantic_config__ = STRICT

    seed: int
    bert: BertSettings


def training_examples(
    examples: Sequence[LabelledExample], folds: Sequence[Fold]
) -> list[LabelledExample]:
    """The examples whose article is not held out. Raises InputError when none is left."""
    usable = {fold.article_id for fold in folds if not fold.held_out}
    kept = [example for example in examples if example.article_id in usable]
    if not kept:
        raise InputError(
            "no labelled sentence is left to train on: annotate more, or hold out fewer outlets "
            "in configs/sources.yaml"
        )
    return kept


def train(
    encoder: Path,
    settings: Params,
    examples: Sequence[LabelledExample],
    taxonomy: Taxonomy,
    run: Run,
) -> Bert:
    """Fine-tune with a progress bar on standard error and the loss in the tracker."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns) as bars:
        bar = bars.add_task("training")

        def progress(step: int, steps: int, value: float) -> None:
            bars.update(bar, total=steps, completed=step, description=f"training, loss {value:.2f}")
            if step % 10 == 0:
                run.metric("loss", value, step)
            if not sys.stderr.isatty() and step * 10 // steps > (step - 1) * 10 // steps:
                print(f"training: step {step} of {steps}, loss {value:.2f}", flush=True)

        classifier = Bert(encoder, settings.bert, settings.seed, progress)
        classifier.fit(examples, taxonomy)
    return classifier


def main(
    params: Path, taxonomy: Path, labelled: Path, folds: Path, encoder: Path, model: Path
) -> None:
    """Fine-tune the encoder on the labelled sentences that are not held out."""
    settings = load_params(params, "train", Params)
    areas = load_taxonomy(taxonomy)
    examples = training_examples(read_jsonl(LabelledExample, labelled), read_jsonl(Fold, folds))
    print(f"training on {len(examples)} sentences, {len(areas.ids)} policy areas")
    inputs = {"labelled": labelled, "folds": folds, "taxonomy": taxonomy}
    started = time.monotonic()
    with tracked("train", "train", asdict(settings), inputs) as run:
        classifier = train(encoder, settings, examples, areas, run)
        classifier.version = f"bert-{md5(labelled)[:8]}-{settings.seed}"
        with atomic_folder(model) as folder:
            classifier.save(folder)
        run.metrics({"sentences": len(examples), "seconds": time.monotonic() - started})
        run.artifact(model)


if __name__ == "__main__":
    run_stage(main)
