"""Predictions to shares of stances per source, article, policy area and voice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.records.article import Article
from pipeline.records.prediction import Prediction
from pipeline.records.store import iter_jsonl, write_jsonl
from pipeline.records.summary import Summary
from pipeline.records.taxonomy import load_taxonomy
from pipeline.run_stage import run_stage
from pipeline.stats.shares import count_unit


@dataclass(frozen=True)
class Params:
    """`estimator`: "raw" counts predicted sentences as they are."""

    __pydantic_config__ = STRICT

    estimator: Literal["raw"]


def summarise(
    sources: Mapping[str, str], predictions: Iterable[Prediction], areas: tuple[str, ...]
) -> Iterator[Summary]:
    """Count per source, then per article; only articles that have predictions count.

    `sources` maps each article_id to its source. Raises InputError for a prediction of an
    unknown article or area, and for a sentence that was predicted twice.
    """
    by_source: dict[str, list[Prediction]] = {}
    by_article: dict[str, list[Prediction]] = {}
    for prediction in _checked(sources, predictions, areas):
        by_article.setdefault(prediction.article_id, []).append(prediction)
        by_source.setdefault(sources[prediction.article_id], []).append(prediction)
    for key, group in sorted(by_source.items()):
        yield from count_unit("source", key, group, areas)
    for key, group in sorted(by_article.items()):
        yield from count_unit("article", key, group, areas)


def _checked(
    sources: Mapping[str, str], predictions: Iterable[Prediction], areas: tuple[str, ...]
) -> Iterator[Prediction]:
    seen: set[str] = set()
    for prediction in predictions:
        name = f"sentence {prediction.sentence_id!r}"
        if prediction.article_id not in sources:
            article = prediction.article_id
            raise InputError(f"{name}: no article {article!r} is known; segment and predict again")
        unknown = sorted({answer.area for answer in prediction.areas} - set(areas))
        if unknown:
            raise InputError(
                f"{name}: area {unknown[0]!r} is not in the policy areas; train and predict again"
            )
        if prediction.sentence_id in seen:
            raise InputError(f"{name} was predicted twice; segment and predict again")
        seen.add(prediction.sentence_id)
        yield prediction


def main(params: Path, taxonomy: Path, articles: Path, predictions: Path, summaries: Path) -> None:
    """Count the predicted stances and write one summary a line."""
    load_params(params, "summarise", Params)
    areas = load_taxonomy(taxonomy).ids
    sources = {article.article_id: article.source for article in iter_jsonl(Article, articles)}
    write_jsonl(summaries, summarise(sources, iter_jsonl(Prediction, predictions), areas))


if __name__ == "__main__":
    run_stage(main)
