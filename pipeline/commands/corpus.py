"""A project's articles and sentences, from its raw files up."""

from pipeline.config import load_params
from pipeline.project import Project
from pipeline.records.article import Article
from pipeline.records.sentence import Sentence
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
