"""`lichang labels …`: the annotations of a project, checked from its raw articles up."""

from pipeline.annotation.versions import by_version
from pipeline.config import load_params
from pipeline.project import Project
from pipeline.records.annotation import read_annotations
from pipeline.records.hard_case import load_hard_cases
from pipeline.records.sentence import Sentence
from pipeline.records.taxonomy import load_taxonomy
from pipeline.stages import collect, ingest, lint, segment, split


def lint_labels(project: Project) -> tuple[lint.LabelReport, str]:
    """The report on labels/annotations and its text, with nothing that the graph made.

    Raises InputError when there is no article or no annotation.
    """
    rules, sources = ingest.load_cleaning(project.cleaning, project.sources)
    reading = load_params(project.params, "ingest", ingest.Params)
    cutting = load_params(project.params, "segment", segment.Params)
    articles, _ = ingest.ingest_folder(project.raw, rules, sources, reading)
    sentences: dict[str, Sentence] = {}
    for article in articles:
        sentences |= {s.sentence_id: s for s in segment.segment_article(article, cutting)}
    taxonomy = load_taxonomy(project.taxonomy)
    placed, malformed = read_annotations(project.annotations)
    of = {article.article_id: article for article in articles}
    current = by_version(placed, taxonomy.version).current
    examples, unusable = collect.collect(current, sentences, of, taxonomy)
    folds = split.split(
        examples,
        split.held_out_names(sources),
        load_params(project.params, "split", split.Params).folds,
    )
    report = lint.lint(
        placed,
        malformed + unusable,
        examples,
        sentences,
        folds,
        taxonomy,
        load_hard_cases(project.hard_cases),
        load_params(project.params, "lint", lint.Params),
    )
    return report, lint.report_text(report, examples)
