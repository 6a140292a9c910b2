"""`lichang labels agreement` on a small project."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline.commands.agreement import measure_agreement
from pipeline.commands.corpus import read_corpus
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.annotation import Annotation
from pipeline.records.store import write_jsonl
from tests.house.imports import ROOT
from tests.unit.builders import annotation

TEXT = "出口管制的设计需要重来，单靠封锁换不来优势。\n开放权重的模型让小公司也能起步。\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    (tmp_path / "data/raw").mkdir(parents=True)
    for name in "甲乙丙":
        (tmp_path / f"data/raw/{name}.txt").write_text(name + TEXT, encoding="utf-8")
    return Project(tmp_path)


def annotate(project: Project, *names: str) -> list[Annotation]:
    _, sentences = read_corpus(project)
    lines = [
        annotation(s.sentence_id, text=s.text, annotator=name)
        for s in sentences.values()
        for name in names
    ]
    write_jsonl(project.annotations / "x.jsonl", lines)
    return lines


def test_report_and_figures_are_written(project: Project) -> None:
    lines = annotate(project, "wu", "zhou")
    report = measure_agreement(project)
    found = json.loads((project.agreement / "agreement.json").read_text(encoding="utf-8"))
    assert found["sentences"] == report.sentences == len(lines) // 2 == 6
    assert found["questions"]["role"]["observed"]["value"] == 1
    text = (project.agreement / "agreement.md").read_text(encoding="utf-8")
    assert "| wu, zhou | 6 | role |" in text


def test_annotations_that_cannot_be_used_are_counted(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = annotate(project, "wu", "zhou")
    write_jsonl(project.annotations / "y.jsonl", [annotation("gone-1", annotator="li")])
    (project.annotations / "z.jsonl").write_text("{}\n")
    assert measure_agreement(project).answers == len(lines)
    told = capsys.readouterr().err
    assert "2 annotations are left out, first z.jsonl:1" in told


def test_without_double_coding_nothing_is_written(project: Project) -> None:
    annotate(project, "wu")
    with pytest.raises(InputError, match="two blind answers"):
        measure_agreement(project)
    assert not project.agreement.exists()


def test_a_misspelt_setting_is_named(project: Project) -> None:
    annotate(project, "wu", "zhou")
    project.annotation_settings.write_text("agreement: {draws: 5, bar: 0.6, lest: 3, worst: 1}\n")
    with pytest.raises(InputError, match="annotation.yaml: agreement: le"):
        measure_agreement(project)
