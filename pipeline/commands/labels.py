"""`lichang labels …`: the annotations of a project, checked from its raw articles up."""

from pipeline.annotation.versions import by_version
from pipeline.commands.corpus import read_corpus
from pipeline.config import load_params
from pipeline.project import Project
from pipeline.records.annotation import read_annotations
from pipeline.records.hard_case import load_hard_cases
from pipeline.records.source import load_sources
from pipeline.records.taxonomy import load_taxonomy
from pipeline.stages import collect, lint, split


def lint_labels(project: Project) -> tuple[lint.LabelReport, str]:
    """The report on labels/annotations and its text, with nothing that the graph made.

    Raises InputError when there is no article or no annotation.
    """
    articles, sentences = read_corpus(project)
    taxonomy = load_taxonomy(project.taxonomy)
    placed, malformed = read_annotations(project.annotations)
    rule = load_params(project.params, "collect", collect.Params).consensus
    current = by_version(placed, taxonomy.version).current
    found = collect.collect(current, sentences, articles, taxonomy, rule)
    folds = split.split(
        found.examples,
        split.held_out_names(load_sources(project.sources)),
        load_params(project.params, "split", split.Params).folds,
    )
    report = lint.lint(
        placed,
        malformed,
        found.examples,
        sentences,
        folds,
        taxonomy,
        load_hard_cases(project.hard_cases),
        load_params(project.params, "lint", lint.Params),
    )
    return report, lint.report_text(report, found.examples)
