"""A project's articles and sentences, from its raw files up."""

import sys
from collections.abc import Container

from pipeline.annotation.decisions import Decisions, last_decisions, usable
from pipeline.annotation.versions import by_version
from pipeline.config import load_params
from pipeline.project import Project
from pipeline.records.annotation import read_annotations
from pipeline.records.article import Article
from pipeline.records.sentence import Sentence
from pipeline.records.taxonomy import Taxonomy
from pipeline.stages import ingest, segment


def read_corpus(project: Project) -> tuple[dict[str, Article], dict[str, Sentence]]:
    """The articles and the sentences of data/raw by id, with nothing that the graph made.

    Raises InputError when there is no article.
    """
    rules, sources = ingest.load_cleaning(project.cleaning, project.sources)
    reading = load_params(project.params, "ingest", ingest.Params)
    cutting = load_params(project.params, "segment", segment.Params)
    articles, _ = ingest.ingest_folder(project.raw, rules, sources, reading)
    sentences: dict[str, Sentence] = {}
    for article in articles:
        sentences |= {s.sentence_id: s for s in segment.segment_article(article, cutting)}
    return {article.article_id: article for article in articles}, sentences


def decisions_of(project: Project, taxonomy: Taxonomy, sentences: Container[str]) -> Decisions:
    """What each annotator decided last under the codebook in use, by sentence.

    Annotations that can't be used are counted on standard error.
    """
    placed, malformed = read_annotations(project.annotations)
    good, unusable = usable(by_version(placed, taxonomy.version).current, sentences, taxonomy)
    if rejects := malformed + unusable:
        first = f"{rejects[0].where}: {rejects[0].reason}"
        print(f"{len(rejects)} annotations are left out, first {first}", file=sys.stderr)
    return last_decisions(good)
