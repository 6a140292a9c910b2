"""Predictions to shares of stances per source, month, article, policy area and voice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.bars import counting_bar
from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.records.article import Article, Origin
from pipeline.records.held_out import HeldOut
from pipeline.records.prediction import Prediction
from pipeline.records.store import iter_jsonl, read_jsonl, write_jsonl
from pipeline.records.summary import VOICE_SCOPES, Summary, VoiceScope
from pipeline.records.taxonomy import load_taxonomy
from pipeline.run_stage import run_stage
from pipeline.stats.corpus import Corpus, Group, gather, groups
from pipeline.stats.estimators.best import Best
from pipeline.stats.estimators.cell import Estimating
from pipeline.stats.estimators.expected import Expected
from pipeline.stats.estimators.held_out_counts import held_out_counts
from pipeline.stats.estimators.ppi import Ppi
from pipeline.stats.shares import source_cells, summaries


@dataclass(frozen=True)
class Params:
    """`estimator`: the best that labels allow (auto), or no better one than expected or raw counts.

    Prediction-powered inference needs `least_labels` randomly drawn labels in the unit, expected
    counts need `least_held_out` held-out sentences.
    """

    __pydantic_config__ = STRICT

    estimator: Literal["auto", "expected", "raw"]
    least_labels: int
    least_held_out: int


def summarise(
    origins: Mapping[str, Origin],
    predictions: Iterable[Prediction],
    held: Sequence[HeldOut],
    areas: Sequence[str],
    settings: Params,
) -> Iterator[Summary]:
    """Rows per source, per source and month, then per article, where there are predictions.

    `origins` maps each article_id to where it comes from; `held` are labelled sentences with the
    same classifier's answers. Raises InputError for predictions that do not fit them.
    """
    found = list(_checked(origins, predictions, areas))
    models = {p.model for p in found}
    for other in sorted({h.model for h in held} - models if found else ()):
        raise InputError(
            f"the held-out answers are of model {other}, the predictions of "
            f"{', '.join(sorted(models))}; run 'dvc repro evaluate'"
        )
    corpus = gather(found, held, origins, areas)
    units = groups(corpus, found, origins)
    best = {s: _best(corpus, units, held, areas, s, settings) for s in VOICE_SCOPES}
    with counting_bar("summarise", len(units)) as advance:
        yield from summaries(corpus, units, areas, best, lambda _: advance(1))


def _best(
    corpus: Corpus,
    units: Sequence[Group],
    held: Sequence[HeldOut],
    areas: Sequence[str],
    scope: VoiceScope,
    settings: Params,
) -> Best:
    """The estimators that the setting and the labels allow, learnt from all sources."""
    if settings.estimator == "raw":
        return Best((), "按设置只计数 counts only, as set")
    cells = source_cells(corpus, units, areas, scope)
    usable: list[Estimating] = []
    why = "按设置不用随机标注 without randomly drawn labels, as set"
    if settings.estimator == "auto":
        usable, why = [Ppi.pooled(cells, settings.least_labels)], ""
    if len(held) >= max(1, settings.least_held_out):
        return Best((*usable, Expected.learnt(held_out_counts(held, areas, scope), cells)), why)
    few = (
        f"留出的已标注句子只有 {len(held)} 句，需 {settings.least_held_out} 句 "
        f"{len(held)} held-out sentences, {settings.least_held_out} wanted"
    )
    return Best(usable, f"{why}；{few}" if why else few)


def _checked(
    origins: Mapping[str, Origin], predictions: Iterable[Prediction], areas: Sequence[str]
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


def main(
    params: Path,
    taxonomy: Path,
    articles: Path,
    predictions: Path,
    held_out: Path,
    summaries: Path,
) -> None:
    """Estimate the stances and write one summary a line; `held_out` may be missing."""
    settings = load_params(params, "summarise", Params)
    areas = load_taxonomy(taxonomy).ids
    origins = {article.article_id: article.origin for article in iter_jsonl(Article, articles)}
    held = read_jsonl(HeldOut, held_out) if held_out.exists() else []
    found = iter_jsonl(Prediction, predictions)
    write_jsonl(summaries, summarise(origins, found, held, areas, settings))


if __name__ == "__main__":
    run_stage(main)
