"""Any folder of raw articles through the trained classifier: predictions or dashboards."""

import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline.classifiers.calibrated import Calibrated
from pipeline.config import load_params
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.article import Article
from pipeline.records.prediction import Prediction
from pipeline.records.sentence import Sentence
from pipeline.records.store import write_json, write_jsonl
from pipeline.records.taxonomy import load_taxonomy
from pipeline.stages import ingest, predict, render, segment, summarise


@dataclass(frozen=True)
class Answered:
    """What became of a folder."""

    articles: list[Article]
    predictions: list[Prediction]
    report: ingest.IngestReport
    classifier: Calibrated
    new_areas: tuple[str, ...]


def answer_folder(project: Project, folder: Path, model: Path | None) -> Answered:
    """Read, segment and predict a folder; refused files are named on standard error.

    Raises InputError for a folder without a single usable article, or without a trained model.
    """
    rules, sources = ingest.load_cleaning(project.cleaning, project.sources)
    settings = load_params(project.params, "ingest", ingest.Params)
    cutting = load_params(project.params, "segment", segment.Params)
    answering = load_params(project.params, "predict", predict.Params)
    articles, report = ingest.ingest_folder(folder, rules, sources, settings)
    for kind, notes in (("rejected", report.rejects), ("warning", report.warnings)):
        for note in notes:
            print(f"{kind}: {note.file}: {note.reason}", file=sys.stderr)
    if not articles:
        raise InputError(f"no usable article among the {report.files} files of {folder}")
    classifier = Calibrated.beside(model or project.model)
    new = () if model else new_areas(project, classifier)
    sentences: list[Sentence] = []
    for article in articles:
        sentences += segment.segment_article(article, cutting)
    print(f"{len(articles)} articles, {len(sentences)} sentences: predicting", file=sys.stderr)
    predictions = predict.predict(sentences, classifier, answering)
    return Answered(articles, predictions, report, classifier, new)


def new_areas(project: Project, classifier: Calibrated) -> tuple[str, ...]:
    """Let the project's model answer for areas that were put into configs since its training."""
    known = classifier.taxonomy.ids
    new = [area for area in load_taxonomy(project.taxonomy).areas if area.id not in known]
    if new:
        names = ", ".join(area.id for area in new)
        print(f"new to the model, found by their keywords alone: {names}", file=sys.stderr)
        classifier.classifier.add_areas(new, project.encoder)
    return tuple(area.id for area in new)


def predict_folder(project: Project, folder: Path, out: Path, model: Path | None) -> None:
    """Write the predictions, and beside them what was refused (OUT with .report.json)."""
    answered = answer_folder(project, folder, model)
    write_jsonl(out, answered.predictions)
    write_json(out.with_suffix(".report.json"), asdict(answered.report))
    print(f"{out}: {len(answered.predictions)} sentences of {len(answered.articles)} articles")


def run_folder(
    project: Project, folder: Path, site: Path, model: Path | None, single: bool = False
) -> None:
    """Write the dashboards, with predictions.jsonl beside them.

    With `single`, each article is written as one self-contained file as well. Raises InputError
    when `site` is a folder that holds something else.
    """
    refuse_other_files(site)
    answered = answer_folder(project, folder, model)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        inputs = site_inputs(project, work, model)
        write_json(inputs.taxonomy, asdict(answered.classifier.taxonomy))
        write_jsonl(inputs.articles, answered.articles)
        write_jsonl(inputs.predictions, answered.predictions)
        summarise.main(
            project.params,
            inputs.taxonomy,
            inputs.articles,
            inputs.predictions,
            work / "nothing" if model else project.held_out,
            inputs.summaries,
        )
        inputs = replace(inputs, unlearnt=answered.new_areas, single=single)
        render.render(project.params, inputs, site)
    write_jsonl(site / "predictions.jsonl", answered.predictions)
    print(f"dashboards of {len(answered.articles)} articles: {site / 'index.html'}")


def graph_inputs(project: Project) -> render.Inputs:
    """The graph's own outputs and the project's reports, as a site is made from them."""
    return render.Inputs(
        taxonomy=project.taxonomy,
        articles=project.articles,
        predictions=project.predictions,
        summaries=project.summaries,
        metrics=project.metrics,
        labels=project.label_report,
        training=project.training,
        annotations=project.annotations,
        anchors=project.anchors,
        anchor_answers=project.anchor_answers,
        tasks=project.tasks,
    )


def site_inputs(project: Project, work: Path, model: Path | None) -> render.Inputs:
    """The files of a site in the folder `work`.

    The project's reports speak of the project's own model: with another one they are left out.
    """
    inputs = replace(
        graph_inputs(project),
        taxonomy=work / "policy_areas.yaml",
        articles=work / "articles.jsonl",
        predictions=work / "predictions.jsonl",
        summaries=work / "summaries.jsonl",
    )
    if not model:
        return inputs
    none = work / "nothing"
    return replace(
        inputs, metrics=none, labels=none, training=none, anchors=none, anchor_answers=none
    )


def refuse_other_files(site: Path) -> None:
    """Raises InputError when `site` is a folder that holds something else than dashboards.

    The new site replaces the whole folder: a page called index.html alone does not make it one.
    """
    empty = not site.exists() or (site.is_dir() and not any(site.iterdir()))
    ours = all((site / name).is_file() for name in ("index.html", "overview.js"))
    if not (empty or ours):
        raise InputError(f"{site} holds other files; name a new or empty folder for the site")
