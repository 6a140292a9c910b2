"""Labelled articles to folds by outlet; no story straddles two, so reprints go with it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.records.example import LabelledExample
from pipeline.records.fold import Fold
from pipeline.records.source import Source, load_sources
from pipeline.records.store import iter_jsonl, write_jsonl
from pipeline.run_stage import run_stage


@dataclass(frozen=True)
class Params:
    """`folds`: how many folds the articles that are not held out are cut into."""

    __pydantic_config__ = STRICT

    folds: int


def fold_of(key: str, folds: int) -> int:
    """A fold hashed from a key, so that a new article moves no other (SHA-1, first 8 bytes)."""
    return int.from_bytes(hashlib.sha1(key.encode()).digest()[:8], "big") % folds


def split(examples: Iterable[LabelledExample], held_out: frozenset[str], folds: int) -> list[Fold]:
    """One Fold an article, by outlet; reprints go with the first article of their story.

    An article without a known outlet is placed by its story. A story of which any article is
    held out is held out whole.
    """
    articles = {e.article_id: (e.source, e.story) for e in examples}
    origin: dict[str, str] = {}
    kept_out: set[str] = set()
    for article_id in sorted(articles):
        source, story = articles[article_id]
        origin.setdefault(story, source or story)
        if source in held_out:
            kept_out.add(story)
    return [
        Fold(article_id, fold_of(origin[story], folds), story in kept_out)
        for article_id, (_, story) in sorted(articles.items())
    ]


def held_out_names(sources: Iterable[Source]) -> frozenset[str]:
    """Names of the outlets that are kept out of training."""
    return frozenset(source.name for source in sources if source.held_out)


def main(params: Path, sources: Path, labelled: Path, folds: Path) -> None:
    """Cut the labelled articles into folds by outlet."""
    settings = load_params(params, "split", Params)
    if settings.folds < 2:
        raise InputError(f"{params}: split: folds: at least 2 are needed")
    placed = split(
        iter_jsonl(LabelledExample, labelled),
        held_out_names(load_sources(sources)),
        settings.folds,
    )
    write_jsonl(folds, placed)
    out = sum(f.held_out for f in placed)
    print(f"{len(placed)} articles: {out} held out, {len(placed) - out} in {settings.folds} folds")


if __name__ == "__main__":
    run_stage(main)
