"""Trainings on folds whose scores are kept, so that an interrupted comparison goes on."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.classifiers.encoders import identity
from pipeline.config import load_params
from pipeline.errors import InputError
from pipeline.files import atomic_path
from pipeline.project import Project
from pipeline.records.example import LabelledExample
from pipeline.records.fold import Fold
from pipeline.records.scores import Scores
from pipeline.records.store import read_jsonl
from pipeline.records.taxonomy import Taxonomy, load_taxonomy
from pipeline.stages import split, train
from pipeline.tracking import Run

Rows = list[int]


@dataclass(frozen=True)
class Folded:
    """A project's labelled examples with the rows of each fold, and how to train on them."""

    project: Project
    settings: train.Params
    taxonomy: Taxonomy
    examples: list[LabelledExample]
    rows: list[Rows]
    contrasts: list[LabelledExample]

    @classmethod
    def of(cls, project: Project) -> "Folded":
        """What `dvc repro split` made. Raises InputError on an empty fold."""
        folds = load_params(project.params, "split", split.Params).folds
        examples = read_jsonl(LabelledExample, project.labelled)
        taxonomy = load_taxonomy(project.taxonomy)
        return cls(
            project,
            load_params(project.params, "train", train.Params),
            taxonomy,
            examples,
            fold_rows(examples, read_jsonl(Fold, project.folds), folds),
            train.contrast_examples(project.contrasts, taxonomy),
        )

    def parts(self, fold: int) -> tuple[list[LabelledExample], list[LabelledExample]]:
        """The annotated examples outside a fold, and those in it, to ask about."""
        asked = set(self.rows[fold])
        return (
            [e for i, e in enumerate(self.examples) if i not in asked],
            [self.examples[i] for i in self.rows[fold]],
        )

    def scores(
        self,
        seed: int,
        kept: Sequence[LabelledExample],
        asked: Sequence[LabelledExample],
        run: Run,
        without: Collection[str] = (),
    ) -> Scores:
        """Scores of the network trained on `kept`; a finished training is not done again.

        The areas `without` are not trained on: they are answered from their texts alone.
        """
        own = replace(self.settings, seed=seed)
        path = self.project.crossval / f"{self._key(own, kept, asked, without)}.npz"
        if path.exists():
            saved = np.load(path)
            return Scores(saved["areas"], saved["voice"], saved["role"])
        print(f"seed {seed}: training on {len(kept)} sentences, scoring {len(asked)}", flush=True)
        checkpoint = path.with_suffix(".checkpoint")
        shown = [
            replace(e, areas={a: s for a, s in e.areas.items() if a not in without}) for e in kept
        ]
        trained = train.train(self.project.encoder, own, shown, self.taxonomy, run, checkpoint)
        scores = _in_order(trained.score(asked), trained.taxonomy.ids, self.taxonomy.ids)
        with atomic_path(path) as half, half.open("wb") as out:
            np.savez(out, areas=scores.areas, voice=scores.voice, role=scores.role)
        checkpoint.unlink(missing_ok=True)
        return scores

    def _key(
        self,
        own: train.Params,
        kept: Sequence[LabelledExample],
        asked: Sequence[LabelledExample],
        without: Collection[str],
    ) -> str:
        """The seed and a hash of all else that a training hangs on."""
        text = repr(own.bert) + repr(self.taxonomy) + identity(self.project.encoder)
        text += repr(list(kept)) + repr(list(asked)) + "".join(sorted(without))
        return f"{hashlib.sha1(text.encode()).hexdigest()[:12]}-{own.seed}"


def _in_order(scores: Scores, given: Sequence[str], wanted: Sequence[str]) -> Scores:
    return replace(scores, areas=scores.areas[:, [given.index(area) for area in wanted]])


def fold_rows(examples: Sequence[LabelledExample], folds: Sequence[Fold], count: int) -> list[Rows]:
    """Row numbers of each of `count` folds. Raises InputError when a fold is empty.

    Held-out outlets belong to a fold here as well: each training leaves its own fold out.
    """
    of = {fold.article_id: fold.fold for fold in folds}
    rows: list[Rows] = [[] for _ in range(count)]
    for i, example in enumerate(examples):
        if of.get(example.article_id, count) >= count:
            raise InputError(f"article {example.article_id} is in no fold; run 'dvc repro split'")
        rows[of[example.article_id]].append(i)
    empty = [str(k) for k, members in enumerate(rows) if not members]
    if empty:
        raise InputError(
            f"fold {', '.join(empty)} is empty: there are too few outlets for "
            f"{count} folds; lower split.folds in configs/params.yaml"
        )
    return rows


def joined(parts: Sequence[Scores], rows: Sequence[Rows]) -> Scores:
    """Out-of-fold scores of several folds, in the order of the examples."""
    order = np.argsort(np.concatenate([np.array(r) for r in rows]))
    return Scores(
        np.concatenate([p.areas for p in parts])[order],
        np.concatenate([p.voice for p in parts])[order],
        np.concatenate([p.role for p in parts])[order],
    )


def mean_scores(parts: Sequence[Scores]) -> Scores:
    """The mean probabilities of several trainings, asked about the same sentences."""
    return Scores(
        np.mean([p.areas for p in parts], axis=0),
        np.mean([p.voice for p in parts], axis=0),
        np.mean([p.role for p in parts], axis=0),
    )
