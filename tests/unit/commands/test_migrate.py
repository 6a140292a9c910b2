"""`lichang labels migrate`: on a small project, and on the annotations of this one."""

import shutil
from dataclasses import dataclass

import pytest
import yaml

from pipeline.commands.migrate import Migrated, migrate, migrated_table
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.annotation import Annotation, read_annotations
from pipeline.records.drawn import Drawn
from pipeline.records.example import LabelledExample
from pipeline.records.store import read_jsonl, write_json, write_jsonl
from pipeline.stages import collect
from tests.house.imports import ROOT
from tests.unit.builders import annotation, article, sentence
from tests.unit.commands.small import small_project


@pytest.fixture
def project(tmp_path):
    made = small_project(tmp_path)
    write_jsonl(made.annotations / "x.jsonl", [
        annotation("a-0", areas={"export_controls": "critical"}),
        annotation("a-1", areas={"open_source": "neutral"}),
        annotation("gone", areas={"open_source": "neutral"}),
    ])  # fmt: skip
    rewrite(made, "v2", open_source=["weights", "licences"])
    write_json(
        made.root / "m.yaml",
        {"from": "v1", "to": "v2", "split": {"open_source": ["weights", "licences"]}},
    )
    return made


def rewrite(project, version, **instead):
    """Change the taxonomy: a new version, areas instead of others."""
    data = yaml.safe_load(project.taxonomy.read_text(encoding="utf-8"))
    areas = [a | {"id": i} for a in data["areas"] for i in instead.get(a["id"], [a["id"]])]
    write_json(project.taxonomy, {"version": version, "areas": areas})


def files(project):
    return {p: p.read_bytes() for p in (project.root / "labels").rglob("*.jsonl")}


def test_a_dry_run_says_what_would_happen_and_writes_nothing(project):
    before = files(project)
    said = migrated_table(migrate(project, project.root / "m.yaml", dry_run=True))
    assert "| carried | 1 |" in said and "| queued, split:open_source | 2 |" in said
    assert "1 lines would be appended" in said and "1 sentences to annotate again" in said
    assert files(project) == before


def test_old_lines_stay_and_a_second_run_appends_nothing(project):
    before = files(project)
    migrate(project, project.root / "m.yaml", dry_run=False)
    after = files(project)
    assert all(after[path] == text for path, text in before.items())
    assert {p.name for p in set(after) - set(before)} == {"migrated-v2.jsonl", "migrate-v2.jsonl"}
    migrate(project, project.root / "m.yaml", dry_run=False)
    assert files(project) == after
    queued = read_jsonl(Drawn, project.batches / "migrate-v2.jsonl")
    assert [(d.sentence_id, d.reason, d.taxonomy_version) for d in queued] == [
        ("a-1", "migration:split:open_source", "v2")
    ]


def test_lines_that_come_late_are_carried_behind_the_others(project):
    migrate(project, project.root / "m.yaml", dry_run=False)
    before = (project.annotations / "migrated-v2.jsonl").read_text(encoding="utf-8")
    write_jsonl(project.annotations / "y.jsonl", [annotation("a-2", areas={}, voice=None)])
    migrate(project, project.root / "m.yaml", dry_run=False)
    after = (project.annotations / "migrated-v2.jsonl").read_text(encoding="utf-8")
    assert after.startswith(before) and after.count("\n") == 2


def test_a_codebook_that_nothing_was_made_with_is_an_error(project):
    write_json(project.root / "m.yaml", {"from": "v7", "to": "v2"})
    with pytest.raises(InputError, match="no annotation was made with codebook v7"):
        migrate(project, project.root / "m.yaml", dry_run=False)


MAPPING = {
    "from": "v1",
    "to": "v2",
    "rename": {"open_source": "open_models"},
    "merge": {"trade": ["export_controls", "tech_export"]},
    "split": {"research_industry": ["research", "industry"]},
    "add": ["copyright"],
    "remove": ["ideology_speech"],
}
GONE = ("export_controls", "tech_export", "research_industry", "ideology_speech", "open_source")
MADE = {
    "trade": [],
    "research": [],
    "industry": [],
    "open_models": [],
    "copyright": ["版权", "训练数据"],
}


def collected(project):
    report = project.root / "collect.json"
    collect.main(project.params, project.taxonomy, project.annotations, project.articles,
                 project.sentences, project.labelled, report)  # fmt: skip
    found = yaml.safe_load(report.read_text(encoding="utf-8"))
    return {e.sentence_id: e for e in read_jsonl(LabelledExample, project.labelled)}, found


@dataclass(frozen=True)
class Own:
    """This project's annotations before and after they went over to an invented codebook."""

    old: list[Annotation]
    examples: dict[str, LabelledExample]
    kept: bool
    done: Migrated
    queue: set[str]
    new: dict[str, LabelledExample]
    report: dict


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("own"))
    for name in ("configs", "labels/annotations"):
        shutil.copytree(ROOT / name, project.root / name)
    old = [a for _, a in read_annotations(project.annotations)[0]]
    write_jsonl(project.articles, [article("a")])
    texts = {a.sentence_id: a.text for a in old}
    write_jsonl(project.sentences, (sentence(i, text=text) for i, text in texts.items()))
    examples, _ = collected(project)
    data = yaml.safe_load(project.taxonomy.read_text(encoding="utf-8"))
    areas = [a for a in data["areas"] if a["id"] not in GONE]
    names = ("zh", "en", "definition_zh", "definition_en")
    areas += [{"id": i, **dict.fromkeys(names, i), "keywords": words} for i, words in MADE.items()]
    write_json(project.taxonomy, {"version": "v2", "areas": areas})
    write_json(project.root / "v1-v2.yaml", MAPPING)
    before = files(project)
    done = migrate(project, project.root / "v1-v2.yaml", dry_run=False)
    after = files(project)
    queue = {d.sentence_id for d in read_jsonl(Drawn, project.batches / "migrate-v2.jsonl")}
    kept = all(after[path] == text for path, text in before.items())
    return Own(old, examples, kept, done, queue, *collected(project))


def test_no_annotation_of_this_project_is_lost(own):
    assert own.kept
    assert own.done.plan.fate.total() == len(own.old)
    over = {a.sentence_id for a in own.done.plan.carried}
    assert own.queue | over == set(own.examples) and not own.queue & over
    doubtful = [a for a in own.old if "research_industry" in a.areas or "版权" in a.text]
    assert {a.sentence_id for a in doubtful} <= own.queue


def test_what_was_carried_is_superseded_and_what_waits_is_named(own):
    assert own.report["superseded"] + len(own.report["rejects"]) == len(own.old)
    assert {r["sentence_id"] for r in own.report["rejects"]} == own.queue
    assert own.report["superseded"] == len(own.done.plan.carried)


def test_agreed_answers_are_the_old_ones_under_new_names(own):
    into = {"open_source": "open_models", "export_controls": "trade", "tech_export": "trade"}
    assert set(own.new) == set(own.examples) - own.queue
    for sentence_id, now in own.new.items():
        before = own.examples[sentence_id]
        areas = {into.get(a, a): s for a, s in before.areas.items() if a != "ideology_speech"}
        assert now.areas == areas
        assert now.voice == (before.voice if areas else None)
        assert (now.role, now.annotators) == (before.role, before.annotators)
