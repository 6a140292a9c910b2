"""Predictions to shares of stances per source, month, article, policy area and voice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.records.article import Article, Origin
from pipeline.records.prediction import Prediction
from pipeline.records.store import iter_jsonl, write_jsonl
from pipeline.records.summary import Summary, Unit
from pipeline.records.taxonomy import load_taxonomy
from pipeline.run_stage import run_stage
from pipeline.stats.shares import count_unit


@dataclass(frozen=True)
class Params:
    """`estimator`: "raw" counts predicted sentences as they are."""

    __pydantic_config__ = STRICT

    estimator: Literal["raw"]


def summarise(
    origins: Mapping[str, Origin], predictions: Iterable[Prediction], areas: tuple[str, ...]
) -> Iterator[Summary]:
    """Count per source, per source and month, then per article, where there are predictions.

    `origins` maps each article_id to where it comes from; articles without a date are in no
    month. Raises InputError for a prediction of an unknown article or area, and for a sentence
    that was predicted twice.
    """
    stories = {article: origin.story for article, origin in origins.items()}
    groups: dict[tuple[Unit, str, str], list[Prediction]] = {}
    for prediction in _checked(origins, predictions, areas):
        origin = origins[prediction.article_id]
        keys: list[tuple[Unit, str, str]] = [
            ("source", origin.source, ""),
            ("article", prediction.article_id, ""),
        ]
        if origin.month:
            keys.append(("source", origin.source, origin.month))
        for key in keys:
            groups.setdefault(key, []).append(prediction)
    for (unit, name, period), group in sorted(groups.items(), key=_order):
        yield from count_unit(unit, name, period, group, stories, areas)


def _order(item: tuple[tuple[Unit, str, str], Any]) -> tuple[bool, str, str]:
    (unit, key, period), _ = item
    return unit == "article", key, period


def _checked(
    origins: Mapping[str, Origin], predictions: Iterable[Prediction], areas: tuple[str, ...]
) -> Iterator[Prediction]:
    seen: set[str] = set()
    for prediction in predictions:
        name = f"sentence {prediction.sentence_id!r}"
        if prediction.article_id not in origins:
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
    origins = {article.article_id: article.origin for article in iter_jsonl(Article, articles)}
    write_jsonl(summaries, summarise(origins, iter_jsonl(Prediction, predictions), areas))


if __name__ == "__main__":
    run_stage(main)
