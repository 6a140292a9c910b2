"""The sentences of a project that may be annotated, and the batches drawn from them."""

import re
from pathlib import Path

from pipeline.annotation.candidates import Candidate, candidates
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.annotation import Placed, read_annotations
from pipeline.records.article import Article
from pipeline.records.drawn import TEST
from pipeline.records.sentence import Sentence
from pipeline.records.source import load_sources
from pipeline.records.store import iter_jsonl, read_jsonl
from pipeline.stages.split import held_out_names


def read_candidates(project: Project) -> list[Candidate]:
    """Every body sentence that the graph found. Raises InputError when it hasn't run yet."""
    for path in (project.articles, project.sentences):
        if not path.is_file():
            raise InputError(f"there is no {path}; 'dvc repro segment' makes it from data/raw")
    return candidates(
        iter_jsonl(Sentence, project.sentences),
        read_jsonl(Article, project.articles),
        held_out_names(load_sources(project.sources)),
    )


def read_placed(project: Project) -> list[Placed]:
    """Every annotation of every codebook; none in a new project.

    Raises InputError on a malformed line, which might be the answer that is looked for.
    """
    if not any(project.annotations.glob("*.jsonl")):
        return []
    placed, malformed = read_annotations(project.annotations)
    if malformed:
        raise InputError(f"{malformed[0].reason}; mend the line first")
    return placed


def batch_path(project: Project, name: str) -> Path:
    """The file of a batch. Raises InputError when the name can't be one."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        raise InputError(f"{name!r} can't name a batch: use letters, digits, dots, - and _")
    return project.batches / f"{name}.jsonl"


def new_batch(project: Project, name: str) -> Path:
    """The file of a batch to be. Raises InputError when the name is taken or can't be one."""
    path = batch_path(project, name)
    if name == TEST:
        raise InputError(f"{TEST!r} is the batch that is drawn once to test; choose another name")
    if path.exists():
        raise InputError(f"there is a batch {name!r} already ({path}); choose another name")
    return path
