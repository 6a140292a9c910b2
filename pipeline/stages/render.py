"""Summaries, predictions and articles to a static site that opens from a folder."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pipeline.annotation.decisions import last_decisions
from pipeline.annotation.versions import by_version
from pipeline.bars import each
from pipeline.config import STRICT, load_params
from pipeline.files import atomic_folder
from pipeline.pages.context import Context
from pipeline.pages.names import single_of
from pipeline.pages.site import SitePage, build_site
from pipeline.pages.versions import versions
from pipeline.records.anchor import Anchor, AnchorRecord
from pipeline.records.annotation import Annotation, read_annotations
from pipeline.records.article import Article
from pipeline.records.page import Doubt, SiteName
from pipeline.records.page_article import ArticlePage, Known
from pipeline.records.prediction import Prediction
from pipeline.records.quality import read_quality
from pipeline.records.store import iter_jsonl, read_jsonl
from pipeline.records.summary import Summary
from pipeline.records.task import read_tasks
from pipeline.records.taxonomy import load_taxonomy
from pipeline.run_stage import run_stage
from pipeline.templates import assets, page_writer

R = TypeVar("R")


@dataclass(frozen=True)
class Params:
    """What the site calls itself, and the agreement from which an area is reliable.

    `least_alpha` is Krippendorff's alpha; from 0.667 on he allows tentative conclusions
    (Content Analysis, 2004, ch. 11).
    """

    __pydantic_config__ = STRICT

    title_zh: str
    title_en: str
    least_alpha: float


@dataclass(frozen=True)
class Inputs:
    """What a site is made from; all but the first four files may be missing.

    `unlearnt` areas were found by their keywords alone. With `single`, each article is written
    as one self-contained file as well.
    """

    taxonomy: Path
    articles: Path
    predictions: Path
    summaries: Path
    metrics: Path
    labels: Path
    training: Path
    annotations: Path
    anchors: Path
    anchor_answers: Path
    tasks: Path | None = None
    unlearnt: tuple[str, ...] = ()
    single: bool = False


UNLEARNT = Doubt("模型没有学过它，只凭关键词查找", "found by its keywords alone, never trained on")


def by_sentence(annotations: Path, version: str) -> dict[str, tuple[Annotation, ...]]:
    """Each annotator's last answer under codebook `version`, by sentence id; none without files."""
    if not any(annotations.glob("*.jsonl")):
        return {}
    current = by_version(read_annotations(annotations)[0], version).current
    return {i: tuple(own) for i, own in last_decisions(a for _, a in current).items()}


def _read(kind: type[R], path: Path) -> list[R]:
    return read_jsonl(kind, path) if path.is_file() else []


def write_site(folder: Path, pages: Iterable[SitePage]) -> None:
    """Write every page under the folder, and what the pages load."""
    writer = page_writer()
    for name, content in assets():
        _write(folder / name, content)
    for href, page in pages:
        _write(folder / href, writer.text(page))
        if isinstance(page, ArticlePage) and page.single:
            _write(folder / single_of(href), writer.alone(page))


def _write(target: Path, content: str) -> None:
    target.parent.mkdir(exist_ok=True)
    target.write_text(content, encoding="utf-8", newline="\n")


def render(params: Path, inputs: Inputs, site: Path) -> None:
    """Write the site's folder, which replaces an older one only when all went well."""
    settings = load_params(params, "render", Params)
    quality = read_quality(inputs.metrics, inputs.labels, inputs.training, settings.least_alpha)
    doubts = {**quality.doubts, **dict.fromkeys(inputs.unlearnt, UNLEARNT)}
    taxonomy = load_taxonomy(inputs.taxonomy)
    context = Context(
        taxonomy,
        SiteName(settings.title_zh, settings.title_en),
        replace(quality, doubts=doubts),
        Known(by_sentence(inputs.annotations, taxonomy.version), read_tasks(inputs.tasks)),
        versions(_read(Anchor, inputs.anchors), _read(AnchorRecord, inputs.anchor_answers)),
        inputs.single,
    )
    pages = build_site(
        iter_jsonl(Article, inputs.articles),
        iter_jsonl(Prediction, inputs.predictions),
        iter_jsonl(Summary, inputs.summaries),
        context,
    )
    with atomic_folder(site) as folder:
        write_site(folder, each("pages", pages))


def main(
    params: Path,
    taxonomy: Path,
    articles: Path,
    predictions: Path,
    summaries: Path,
    metrics: Path,
    labels: Path,
    training: Path,
    annotations: Path,
    anchors: Path,
    anchor_answers: Path,
    site: Path,
) -> None:
    """Write the site's folder; a report that is missing is left out."""
    made = (taxonomy, articles, predictions, summaries)
    told = (metrics, labels, training, annotations, anchors, anchor_answers)
    render(params, Inputs(*made, *told), site)


if __name__ == "__main__":
    run_stage(main)
