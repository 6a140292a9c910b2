"""Labelled examples outside the held-out outlets to a fine-tuned classifier, tracked in MLflow."""

import hashlib
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline.bars import training_bar
from pipeline.classifiers.bert import Bert, BertSettings
from pipeline.classifiers.blend import Blend, Shares
from pipeline.classifiers.tfidf import Tfidf
from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.files import atomic_folder
from pipeline.records.contrast import read_contrasts, to_learn
from pipeline.records.example import LabelledExample
from pipeline.records.fold import Fold, learnt
from pipeline.records.labels import ROLES, STANCES, VOICES
from pipeline.records.store import read_jsonl, write_json
from pipeline.records.taxonomy import PolicyArea, Taxonomy, load_taxonomy
from pipeline.records.training import Training
from pipeline.run_stage import run_stage
from pipeline.tracking import Run, git_commit, md5, tracked


@dataclass(frozen=True)
class Params:
    """`seed` of the whole training; `words`: how much n-grams count beside the network; `bert`:
    see BertSettings."""

    __pydantic_config__ = STRICT

    seed: int
    words: Shares
    bert: BertSettings


def training_examples(
    examples: Sequence[LabelledExample], folds: Sequence[Fold]
) -> list[LabelledExample]:
    """The examples whose article is not held out. Raises InputError when none is left."""
    kept = learnt(examples, folds)
    if not kept:
        raise InputError(
            "no labelled sentence is left to train on: annotate more, or hold out fewer outlets "
            "in configs/sources.yaml"
        )
    return kept


def contrast_examples(folder: Path, taxonomy: Taxonomy) -> list[LabelledExample]:
    """The contrast groups to learn from; says how many members are left out."""
    examples, left_out = to_learn(read_contrasts(folder), taxonomy.ids)
    if left_out:
        print(
            f"{left_out} members of contrast groups are disputed or of another taxonomy: left out"
        )
    return examples


def fingerprint(*parts: object) -> str:
    """Eight letters that name what a training hangs on."""
    return hashlib.md5(repr(parts).encode(), usedforsecurity=False).hexdigest()[:8]


def gaps(examples: Sequence[LabelledExample], taxonomy: Taxonomy) -> list[str]:
    """What the examples can't teach, in words: areas and classes that no sentence has."""
    stances = {(area, stance) for e in examples for area, stance in e.areas.items()}
    areas = {area for area, _ in stances}
    missing = [
        f"no sentence to train on addresses {area}: it is not trained on, it is found by its "
        "keywords in configs/policy_areas.yaml alone"
        for area in taxonomy.ids
        if area not in areas
    ]
    seen: set[str | None] = {stance for _, stance in stances}
    seen |= {e.voice for e in examples} | {f"role {e.role}" for e in examples}
    wanted = (*STANCES, *VOICES, *(f"role {role}" for role in ROLES))
    return missing + [
        f"no sentence to train on is {name}: the classifier will hardly ever answer so"
        for name in wanted
        if name not in seen
    ]


def split_areas(
    examples: Sequence[LabelledExample], taxonomy: Taxonomy
) -> tuple[Taxonomy, list[PolicyArea]]:
    """The taxonomy of the areas that some sentence addresses, and the other areas.

    Trained on nothing but sentences that do not address it, an area would never be found again.
    """
    seen = {area for e in examples for area in e.areas}
    kept = tuple(area for area in taxonomy.areas if area.id in seen)
    if not kept:
        return taxonomy, []
    return replace(taxonomy, areas=kept), [a for a in taxonomy.areas if a.id not in seen]


def train(
    encoder: Path,
    settings: Params,
    examples: Sequence[LabelledExample],
    taxonomy: Taxonomy,
    run: Run,
    checkpoint: Path | None = None,
) -> Bert:
    """Fine-tune with a progress bar on standard error and the loss in the tracker.

    Says what the examples can't teach. With a `checkpoint` path an interrupted training goes on;
    the caller removes the file when the outcome is kept.
    """
    for gap in gaps(examples, taxonomy):
        print(f"warning: {gap}", file=sys.stderr)
    with training_bar("training") as show:

        def progress(step: int, steps: int, loss: float) -> None:
            show(step, steps, loss)
            if step % 10 == 0 or step == steps:
                run.metric("loss", loss, step)

        classifier = Bert(encoder, settings.bert, settings.seed, progress, checkpoint)
        labelled, new = split_areas(examples, taxonomy)
        classifier.fit(examples, labelled)
    if new:
        classifier.add_areas(new, encoder)
    return classifier


def main(
    params: Path,
    taxonomy: Path,
    labelled: Path,
    folds: Path,
    contrasts: Path,
    encoder: Path,
    model: Path,
    report: Path,
) -> None:
    """Fine-tune the encoder on the labelled sentences that are not held out.

    The report says of the model where it comes from: the tracked run, the commit, the labels.
    """
    settings = load_params(params, "train", Params)
    areas = load_taxonomy(taxonomy)
    examples = training_examples(read_jsonl(LabelledExample, labelled), read_jsonl(Fold, folds))
    groups = contrast_examples(contrasts, areas)
    print(
        f"training on {len(examples)} sentences and {len(groups)} of contrast groups, "
        f"{len(areas.ids)} policy areas"
    )
    inputs = {"labelled": labelled, "folds": folds, "taxonomy": taxonomy}
    inputs |= {f"contrasts.{path.stem}": path for path in sorted(contrasts.glob("*.jsonl"))}
    checkpoint = model.with_name(f"{model.name}.checkpoint")
    with tracked("train", "train", asdict(settings), inputs) as run:
        network = train(encoder, settings, examples + groups, areas, run, checkpoint)
        name = fingerprint(examples, groups, settings, areas, network.began_with)
        network.version = f"bert-{name}-{settings.seed}"
        started = time.monotonic()
        ngrams = Tfidf()
        ngrams.fit(examples + groups, split_areas(examples + groups, areas)[0])
        classifier = Blend(network, ngrams, settings.words)
        seconds = network.seconds + time.monotonic() - started
        with atomic_folder(model) as folder:
            classifier.save(folder)
        checkpoint.unlink(missing_ok=True)
        run.metrics({"sentences": len(examples), "seconds": seconds})
        run.artifact(model)
    origin = Training(
        classifier.version,
        run.id,
        git_commit(),
        md5(labelled),
        len(examples) + len(groups),
        round(seconds),
    )
    write_json(report, asdict(origin))


if __name__ == "__main__":
    run_stage(main)
