"""A project of a few invented sentences, as the graph leaves one."""

import shutil
from pathlib import Path

from pipeline.project import Project
from pipeline.records.article import Article
from pipeline.records.sentence import Sentence
from pipeline.records.store import write_json, write_jsonl
from tests.house.imports import ROOT
from tests.unit.builders import TAXONOMY, article

OUTLETS = {"a": "甲报", "b": "甲报", "c": "乙报", "d": "丙报"}
HELD_OUT = "丙报"
EACH = 30


def sentences_of(article_id: str, count: int = EACH) -> list[Sentence]:
    texts = [f"{article_id}文第{i}句谈到芯片管制。" for i in range(count)]
    return [
        Sentence(f"{article_id}-{i}", article_id, 0, i, i + 1, texts[i],
                 texts[i - 1] if i else "", texts[i + 1] if i + 1 < count else "")
        for i in range(count)
    ]  # fmt: skip


def write_corpus(project: Project, articles: list[Article]) -> None:
    write_jsonl(project.articles, articles)
    write_jsonl(project.sentences, (s for a in articles for s in sentences_of(a.article_id)))


def small_project(root: Path) -> Project:
    project = Project(root)
    areas = [
        {"id": a.id, "zh": a.zh, "en": a.en, "definition_zh": a.definition_zh,
         "definition_en": "", "keywords": list(a.keywords)}
        for a in TAXONOMY.areas
    ]  # fmt: skip
    write_json(project.taxonomy, {"version": TAXONOMY.version, "areas": areas})
    outlets = [{"name": o, "held_out": o == HELD_OUT} for o in sorted(set(OUTLETS.values()))]
    write_json(project.sources, {"sources": outlets})
    shutil.copyfile(ROOT / "configs/annotation.yaml", project.annotation_settings)
    write_corpus(project, [article(i, outlet) for i, outlet in OUTLETS.items()])
    return project
